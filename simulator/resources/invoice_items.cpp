#include "simulator/resources/invoice_items.hpp"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/charged_params.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kInvoiceItemSource = "docs.stripe.com/api/invoiceitems";

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
        !params.has("unit_amount_decimal") && !params.has("price_data")) {
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
    (*item)->charged = std::move(sent);
    update_line(call.world, **item);
    return answer(call, kInvoiceItemType, (*item)->id);
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

std::span<const Route> invoice_item_routes() { return kInvoiceItemRoutes; }

}  // namespace onsite::simulator
