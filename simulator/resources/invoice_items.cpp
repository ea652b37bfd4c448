#include "simulator/resources/invoice_items.hpp"

#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kInvoiceItemSource = "docs.stripe.com/api/invoiceitems";

// ---- Rendering ----

void write_parent(JsonWriter& json, const Charged& charged) {
    if (charged.subscription.empty()) return json.null("parent");
    json.key("parent");
    json.begin_object();
    json.key("subscription_details");
    json.begin_object();
    json.text("subscription", charged.subscription);
    if (!charged.subscription_item.empty()) {
        json.text("subscription_item", charged.subscription_item);
    }
    json.end_object();
    json.word("type", "subscription_details");
    json.end_object();
}

bool render_invoice_item(JsonWriter& json, const View& view, std::string_view id) {
    const InvoiceItem* item = view.world.tables.invoice_items.find(id);
    if (item == nullptr) return false;
    if (item->is_deleted) return write_tombstone(json, item->id, "invoiceitem"), true;
    const Charged& charged = item->charged;
    json.begin_object();
    json.text("id", item->id);
    json.word("object", "invoiceitem");
    json.number("amount", charged.amount);
    json.text("currency", charged.currency);
    write_reference(json, view, "customer", item->customer);
    json.null("customer_account");
    json.number("date", item->created);
    json.text_or_null("description", charged.description);
    json.flag("discountable", charged.is_discountable);
    write_texts(json, "discounts", {});
    write_reference(json, view, "invoice", item->invoice);
    json.flag("livemode", false);
    write_metadata(json, charged.metadata);
    json.number("net_amount", charged.amount);
    write_parent(json, charged);
    write_period(json, charged.period);
    write_pricing(json, charged);
    json.flag("proration", charged.is_proration);
    json.number("quantity", charged.quantity);
    json.text("quantity_decimal", fmt::format("{}", charged.quantity));
    write_tax_rates(json, view, "tax_rates", charged.tax_rates);
    const Customer* customer = view.world.tables.customers.find(item->customer);
    write_reference(json, view, "test_clock", customer == nullptr ? "" : customer->test_clock);
    json.end_object();
    return true;
}

constexpr std::array kInvoiceItemReferences = {Reference{"customer", "customer"},
                                               Reference{"invoice", "invoice"},
                                               Reference{"test_clock", "test_helpers.test_clock"}};

// ---- Reading ----

void read_period(ParamReader& params, Charged& charged) {
    if (!params.has("period")) return;
    ParamReader sent = params.object("period");
    charged.period.start = sent.required_integer("start", 0, kMomentMax);
    charged.period.end = sent.required_integer("end", charged.period.start, kMomentMax);
}

void read_price(ParamReader& params, const World& world, Charged& charged) {
    ParamReader pricing = params.object("pricing");
    auto id = pricing.set_text("price");
    if (!id) id = params.set_text("price");
    if (!id) return;
    const Price* price = world.tables.prices.find(*id);
    if (price == nullptr) return params.refuse(no_such("price", *id, "pricing[price]"));
    if (price->recurring.count > 0) {
        return params.refuse("pricing",
                             fmt::format("The price specified is set to `type=recurring` but this "
                                         "field only accepts prices with `type=one_time`: {}",
                                         *id));
    }
    const Product* product = world.tables.products.find(price->product);
    charged.price = price->id;
    charged.product = price->product;
    charged.currency = price->currency;
    charged.unit_price = price->unit_price;
    if (charged.description.empty() && product != nullptr) charged.description = product->name;
}

void set_amount(ParamReader& params, Charged& charged) {
    const auto amount = amount_of(charged.unit_price, charged.quantity);
    if (!amount) {
        params.refuse("quantity",
                      fmt::format("Amount must be no more than {}: the price times {} is more.",
                                  kAmountMax, charged.quantity));
    }
    charged.amount = amount.value_or(0);
}

// An amount, or a price of one unit and a quantity.
void read_amount(ParamReader& params, const World& world, Charged& charged) {
    const auto amount = params.integer("amount", -kAmountMax, kAmountMax);
    const auto unit = read_decimal(params, "unit_amount_decimal", kUnitDigits);
    if (const auto quantity = params.integer("quantity", 0, kQuantityMax)) {
        charged.quantity = *quantity;
    }
    const bool has_price = params.has("pricing") || params.has("price");
    read_price(params, world, charged);
    if (unit) charged.unit_price = *unit;
    if (amount) {
        charged.quantity = 1;
        charged.unit_price = *amount * kUnitScale;
    }
    // What nobody mentions stays: a proration is no whole number of units.
    if (amount || unit || has_price || params.has("quantity")) set_amount(params, charged);
}

}  // namespace

void read_charged(ParamReader& params, const World& world, Charged& charged) {
    update_text(params, "description", charged.description);
    update_flag(params, "discountable", charged.is_discountable);
    read_period(params, charged);
    if (params.has("tax_rates")) {
        charged.tax_rates = read_tax_rates(params, world, "tax_rates");
    }
    params.update_metadata(charged.metadata);
    read_amount(params, world, charged);
    params.ignore({"tax_behavior", "tax_code"});
}

namespace {

// ---- Endpoints ----

ApiError not_editable() {
    return wrong_state("invoice_not_editable",
                       "This invoice item is on an invoice that is no draft any more, so it can't "
                       "be changed.");
}

bool is_on_final(const World& world, std::string_view invoice) {
    const Invoice* found = world.tables.invoices.find(invoice);
    return found != nullptr && found->status != InvoiceStatus::draft;
}

// Writes a changed item into the draft it is on.
void update_line(World& world, const InvoiceItem& item) {
    Invoice* invoice = world.tables.invoices.find(item.invoice);
    if (invoice == nullptr) return;
    std::erase_if(invoice->lines, [&](const InvoiceLine& line) {
        return line.invoice_item == item.id && item.is_deleted;
    });
    for (InvoiceLine& line : invoice->lines) {
        if (line.invoice_item == item.id) line.charged = item.charged;
    }
    recalculate(world, *invoice);
}

std::expected<void, ApiError> check_invoice(const World& world, const InvoiceItem& item) {
    if (item.invoice.empty()) return {};
    const Invoice* invoice = world.tables.invoices.find(item.invoice);
    if (invoice == nullptr || invoice->is_deleted || invoice->customer != item.customer) {
        return std::unexpected(no_such("invoice", item.invoice, "invoice"));
    }
    if (invoice->status != InvoiceStatus::draft) return std::unexpected(not_editable());
    if (invoice->currency != item.charged.currency) {
        return std::unexpected(
            invalid_parameter("currency", fmt::format("The invoice is in {}, this item in {}.",
                                                      invoice->currency, item.charged.currency)));
    }
    if (invoice->lines.size() == kLinesMax) {
        return std::unexpected(invalid_parameter(
            "invoice", fmt::format("An invoice can have at most {} items.", kLinesMax)));
    }
    return {};
}

Answer create_invoice_item(Call& call) {
    ParamReader& params = call.params;
    World& world = call.world;
    InvoiceItem item;
    item.customer = params.required_text("customer");
    item.invoice = params.set_text("invoice").value_or("");
    item.charged.subscription = params.set_text("subscription").value_or("");
    if (!params.has("amount") && !params.has("pricing") && !params.has("price") &&
        !params.has("unit_amount_decimal")) {
        params.refuse(parameter_missing("amount"));
    }
    const auto currency = params.currency("currency");
    read_charged(params, world, item.charged);
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    Customer* customer = world.tables.customers.find(item.customer);
    if (customer == nullptr || customer->is_deleted) {
        return std::unexpected(no_such("customer", item.customer, "customer"));
    }
    const std::string usual = customer->currency.empty() ? "usd" : customer->currency;
    if (item.charged.currency.empty()) item.charged.currency = currency.value_or(usual);
    for (const auto& checked : {check_currency(*customer, item.charged.currency, "currency"),
                                check_invoice(world, item)}) {
        if (!checked) return std::unexpected(checked.error());
    }
    customer->currency = item.charged.currency;
    const std::string id = add_invoice_item(world, std::move(item));
    return answer(call, kInvoiceItemType, id);
}

std::expected<InvoiceItem*, ApiError> invoice_item_of(const Call& call) {
    InvoiceItem* item = call.world.tables.invoice_items.find(call.ids[0]);
    if (item == nullptr || item->is_deleted) {
        return std::unexpected(no_such_in_path("invoiceitem", call.ids[0]));
    }
    return item;
}

Answer retrieve_invoice_item(Call& call) {
    const auto item = invoice_item_of(call);
    if (!item) return std::unexpected(item.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kInvoiceItemType, (*item)->id);
}

Answer update_invoice_item(Call& call) {
    const auto item = invoice_item_of(call);
    if (!item) return std::unexpected(item.error());
    Charged sent = (*item)->charged;
    read_charged(call.params, call.world, sent);
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (is_on_final(call.world, (*item)->invoice)) return std::unexpected(not_editable());
    if (sent.currency != (*item)->charged.currency) {
        return std::unexpected(
            invalid_parameter("pricing", "The price is in another currency than the item."));
    }
    const Body before = rendered(call.world, kInvoiceItemType, (*item)->id);
    (*item)->charged = std::move(sent);
    update_line(call.world, **item);
    return changed(call, kInvoiceItemType, (*item)->id, "invoiceitem.updated", before);
}

Answer delete_invoice_item(Call& call) {
    const auto item = invoice_item_of(call);
    if (!item) return std::unexpected(item.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (is_on_final(call.world, (*item)->invoice)) return std::unexpected(not_editable());
    call.world.emit("invoiceitem.deleted", rendered(call.world, kInvoiceItemType, (*item)->id));
    (*item)->is_deleted = true;
    update_line(call.world, **item);
    return answer(call, kInvoiceItemType, (*item)->id);
}

Answer list_invoice_items(Call& call) {
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const auto invoice = read_filter(call.params, "invoice", call.world.tables.invoices);
    const auto pending = call.params.flag("pending");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows(call, call.world.tables.invoice_items, kInvoiceItemType, page,
                     [&](const InvoiceItem& row) {
                         return !row.is_deleted && (!customer || row.customer == *customer) &&
                                (!invoice || row.invoice == *invoice) &&
                                (!pending || row.invoice.empty() == *pending);
                     });
}

constexpr std::string_view kInvoiceItemNote =
    "discounts of single items, price_data, quantity_decimal and tax_behavior are not simulated; "
    "the older parameter price is taken as well";

constexpr std::array kInvoiceItemRoutes = {
    Route{.method = Method::post,
          .path = "/v1/invoiceitems",
          .handle = create_invoice_item,
          .result = "invoiceitem",
          .fidelity = Fidelity::simplified,
          .note = kInvoiceItemNote,
          .source = kInvoiceItemSource},
    Route{.method = Method::get,
          .path = "/v1/invoiceitems/{id}",
          .handle = retrieve_invoice_item,
          .result = "invoiceitem",
          .source = kInvoiceItemSource},
    Route{.method = Method::post,
          .path = "/v1/invoiceitems/{id}",
          .handle = update_invoice_item,
          .result = "invoiceitem",
          .fidelity = Fidelity::simplified,
          .note = kInvoiceItemNote,
          .source = kInvoiceItemSource},
    Route{.method = Method::del,
          .path = "/v1/invoiceitems/{id}",
          .handle = delete_invoice_item,
          .result = "invoiceitem",
          .source = kInvoiceItemSource},
    Route{.method = Method::get,
          .path = "/v1/invoiceitems",
          .handle = list_invoice_items,
          .result = "invoiceitem",
          .shape = Shape::list,
          .source = kInvoiceItemSource},
};

}  // namespace

std::string add_invoice_item(World& world, InvoiceItem item) {
    const std::int64_t now = timeline_of(world, item.customer).now_s();
    item.id = world.ids.next("ii_");
    item.created = now;
    if (item.charged.period == BillingPeriod{}) item.charged.period = {now, now};
    const InvoiceItem& added = world.tables.invoice_items.add(std::move(item));
    if (Invoice* invoice = world.tables.invoices.find(added.invoice)) {
        invoice->lines.push_back(
            {.id = world.ids.next("il_"), .invoice_item = added.id, .charged = added.charged});
        recalculate(world, *invoice);
    }
    world.emit("invoiceitem.created", rendered(world, kInvoiceItemType, added.id));
    return added.id;
}

const ResourceType kInvoiceItemType = {"invoiceitem", "ii_", kInvoiceItemReferences,
                                       render_invoice_item};

std::span<const Route> invoice_item_routes() { return kInvoiceItemRoutes; }

}  // namespace onsite::simulator
