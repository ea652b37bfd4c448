#include "simulator/resources/invoices.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/billing/dunning.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/core/list.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoice_of.hpp"
#include "simulator/resources/tax_ids.hpp"
#include "simulator/resources/unsimulated.hpp"

namespace onsite::simulator {
namespace {

constexpr std::string_view kInvoiceSource = "docs.stripe.com/api/invoices";

// Fields of an invoice that a draft may change.
void read_invoice(Call& call, Invoice& invoice) {
    ParamReader& params = call.params;
    read_collection(params, invoice.collection, invoice.days_until_due);
    if (const auto due = params.integer("due_date", 0, kMomentMax)) {
        invoice.due_date = *due;
        if (invoice.collection != Collection::send_invoice || params.has("days_until_due")) {
            params.refuse("due_date",
                          "`due_date` can only be set when `collection_method` is 'send_invoice', "
                          "and not together with `days_until_due`.");
        }
    }
    update_flag(params, "auto_advance", invoice.is_auto_advancing);
    read_default_method(params, call.world, invoice.customer, invoice.default_payment_method);
    update_text(params, "description", invoice.description);
    update_text(params, "footer", invoice.footer);
    read_custom_fields(params, invoice.custom_fields);
    update_text(params, "statement_descriptor", invoice.statement_descriptor);
    if (params.has("default_tax_rates")) {
        invoice.default_tax_rates = read_tax_rates(params, call.world, "default_tax_rates");
    }
    params.update_metadata(invoice.metadata);
    if (params.has("account_tax_ids")) {
        invoice.account_tax_ids = read_account_tax_ids(params, call.world);
    }
    params.ignore({"automatic_tax", "automatically_finalizes_at", "effective_at", "issuer",
                   "number", "payment_settings", "rendering", "shipping_cost", "shipping_details"});
}

DiscountOwner owner_of(const World& world, const Invoice& invoice) {
    return {.customer = invoice.customer,
            .invoice = invoice.id,
            .currency = invoice.currency,
            .now_s = timeline_of(world, *world.tables.customers.find(invoice.customer)).now_s()};
}

std::expected<const Customer*, ApiError> customer_of(const World& world, std::string_view id) {
    const Customer* customer = world.tables.customers.find(id);
    if (customer == nullptr || customer->is_deleted) {
        return std::unexpected(no_such("customer", id, "customer"));
    }
    return customer;
}

// Due dates are the sender's affair.
std::expected<void, ApiError> check_due(const Invoice& invoice) {
    if (invoice.collection == Collection::send_invoice && !invoice.days_until_due &&
        !invoice.due_date) {
        return std::unexpected(parameter_missing("days_until_due"));
    }
    return {};
}

// Its subscription has to be one of the customer's.
std::expected<void, ApiError> check_subscription(const World& world, const Invoice& invoice) {
    const Subscription* found = world.tables.subscriptions.find(invoice.subscription);
    if (invoice.subscription.empty() || (found && found->customer == invoice.customer)) return {};
    return std::unexpected(no_such("subscription", invoice.subscription, "subscription"));
}

Answer create_invoice(Call& call) {
    constexpr std::array<std::string_view, 2> kPending = {"exclude", "include"};
    ParamReader& params = call.params;
    World& world = call.world;
    refuse_unsimulated(params, "An invoice", {"from_invoice"});
    const std::string id(params.required_text("customer"));
    Invoice sent;
    sent.customer = id;
    read_invoice(call, sent);
    const auto currency = params.currency("currency");
    const auto subscription = params.set_text("subscription");
    const bool takes_items =
        params.choice("pending_invoice_items_behavior", kPending).value_or(0) == 1;
    const bool has_own_discounts = has_discounts(params);
    const auto orders = read_discounts(params);
    if (params.clears("discounts")) params.ignore("discounts");
    if (auto good = params.finish(); !good) return std::unexpected(good.error());
    const auto customer = customer_of(world, id);
    if (!customer) return std::unexpected(customer.error());
    Invoice invoice = new_invoice(world, **customer);
    sent.created = invoice.created;
    sent.period = invoice.period;
    sent.test_clock = invoice.test_clock;
    sent.currency = currency.value_or(invoice.currency);
    if (sent.footer.empty()) sent.footer = invoice.footer;
    if (sent.custom_fields.empty()) sent.custom_fields = invoice.custom_fields;
    sent.subscription = subscription.value_or("");
    for (const auto& checked :
         {check_currency(**customer, sent.currency, "currency"), check_due(sent),
          check_subscription(world, sent), check_discounts(world, orders, owner_of(world, sent))}) {
        if (!checked) return std::unexpected(checked.error());
    }
    if (takes_items) take_pending_items(world, sent);
    sent.discounts = has_own_discounts
                         ? redeem(world, orders, owner_of(world, sent))
                         : inherited_discounts(world, **customer, sent.currency, sent.created);
    return answer(call, kInvoiceType, add_invoice(world, std::move(sent)).id);
}

Answer retrieve_invoice(Call& call) {
    const auto invoice = invoice_of(call);
    if (!invoice) return std::unexpected(invoice.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return answer(call, kInvoiceType, (*invoice)->id);
}

// What an invoice that was finalised still lets change.
bool is_only_of_final(const ParamReader& params) {
    constexpr std::array<std::string_view, 10> kOfDrafts = {
        "collection_method",   "days_until_due", "due_date",
        "default_tax_rates",   "footer",         "description",
        "discounts",           "coupon",         "promotion_code",
        "statement_descriptor"};
    return std::ranges::none_of(kOfDrafts, [&](std::string_view name) { return params.has(name); });
}

Answer update_invoice(Call& call) {
    const auto found = invoice_of(call);
    if (!found) return std::unexpected(found.error());
    World& world = call.world;
    Invoice& invoice = **found;
    Invoice sent = invoice;
    const bool suits_final = is_only_of_final(call.params);
    const bool is_to_discount = has_discounts(call.params);
    read_invoice(call, sent);
    const auto orders = read_discounts(call.params);
    if (call.params.clears("discounts")) call.params.ignore("discounts");
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if (invoice.status != InvoiceStatus::draft && !suits_final) {
        return std::unexpected(
            wrong_state("invoice_not_editable",
                        "Finalized invoices can't be updated in this way: only drafts can."));
    }
    for (const auto& checked :
         {check_due(sent), check_discounts(world, orders, owner_of(world, sent))}) {
        if (!checked) return std::unexpected(checked.error());
    }
    const Body before = rendered(world, kInvoiceType, invoice.id);
    if (is_to_discount) sent.discounts = redeem(world, orders, owner_of(world, sent));
    const bool is_draft = sent.status == InvoiceStatus::draft;
    if (is_draft && sent.is_auto_advancing && !sent.automatically_finalizes_at) {
        sent.automatically_finalizes_at = owner_of(world, sent).now_s + kDraftSeconds;
    } else if (!sent.is_auto_advancing) {
        sent.automatically_finalizes_at.reset();
    }
    invoice = std::move(sent);
    if (is_draft) recalculate(world, invoice);
    watch_invoice(world, invoice);
    return changed(call, kInvoiceType, invoice.id, "invoice.updated", before);
}

Answer delete_invoice(Call& call) {
    const auto invoice = invoice_of(call);
    if (!invoice) return std::unexpected(invoice.error());
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    if ((*invoice)->status != InvoiceStatus::draft || !(*invoice)->subscription.empty()) {
        return std::unexpected(wrong_state(
            "invoice_not_editable",
            "You can only delete draft invoices that were not created by a subscription."));
    }
    delete_draft(call.world, **invoice);
    return answer(call, kInvoiceType, (*invoice)->id);
}

Answer list_invoices(Call& call) {
    constexpr std::array<std::string_view, 5> kStatuses = {"draft", "open", "paid", "uncollectible",
                                                           "void"};
    const Page page = read_page(call.params);
    const auto customer = read_filter(call.params, "customer", call.world.tables.customers);
    const auto subscription =
        read_filter(call.params, "subscription", call.world.tables.subscriptions);
    const auto status = call.params.choice("status", kStatuses);
    const auto method = call.params.choice("collection_method", kCollections);
    call.params.ignore({"due_date", "customer_account"});
    if (auto good = call.params.finish(); !good) return std::unexpected(good.error());
    return list_rows_of(call, subscription ? *subscription : customer.value_or(""),
                        call.world.tables.invoices, kInvoiceType, page, [&](const Invoice& row) {
                            return !row.is_deleted && (!customer || row.customer == *customer) &&
                                   (!subscription || row.subscription == *subscription) &&
                                   (!status || row.status == static_cast<InvoiceStatus>(*status)) &&
                                   (!method || row.collection == static_cast<Collection>(*method));
                        });
}

constexpr std::string_view kInvoiceNote =
    "automatic_tax, effective_at, issuer, number, payment_settings, rendering and "
    "shipping are taken and have no effect; from_invoice is refused";

constexpr std::array kInvoiceRoutes = {
    Route{.method = Method::post,
          .path = "/v1/invoices",
          .handle = create_invoice,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = kInvoiceNote,
          .source = kInvoiceSource},
    Route{.method = Method::get,
          .path = "/v1/invoices/{id}",
          .handle = retrieve_invoice,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = "lines are embedded in full instead of the first 10; automatic tax and shipping "
                  "are null; the rate in a line's description shows the code of a currency other "
                  "than eur, gbp, jpy and usd",
          .source = kInvoiceSource},
    Route{.method = Method::post,
          .path = "/v1/invoices/{id}",
          .handle = update_invoice,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = kInvoiceNote,
          .source = kInvoiceSource},
    Route{.method = Method::del,
          .path = "/v1/invoices/{id}",
          .handle = delete_invoice,
          .result = "invoice",
          .fidelity = Fidelity::simplified,
          .note = "the items of the draft wait again for the next invoice",
          .source = kInvoiceSource},
    Route{.method = Method::get,
          .path = "/v1/invoices",
          .handle = list_invoices,
          .result = "invoice",
          .shape = Shape::list,
          .fidelity = Fidelity::simplified,
          .note = "due_date is taken and has no effect",
          .source = kInvoiceSource},
};

}  // namespace

std::expected<Invoice*, ApiError> invoice_of(const Call& call) {
    Invoice* invoice = call.world.tables.invoices.find(call.ids[0]);
    // Without its customer, which a full table drops, it has neither time nor balance.
    if (invoice == nullptr || invoice->is_deleted ||
        call.world.tables.customers.find(invoice->customer) == nullptr) {
        return std::unexpected(no_such_in_path("invoice", call.ids[0]));
    }
    return invoice;
}

std::span<const Route> invoice_routes() { return kInvoiceRoutes; }

}  // namespace onsite::simulator
