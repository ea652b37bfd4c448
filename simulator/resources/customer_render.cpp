#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/discounts.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/discounts.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/subscriptions.hpp"
#include "simulator/resources/tax_ids.hpp"
#include "simulator/resources/tokens.hpp"

namespace onsite::simulator {
namespace {

// Of a list inside a customer: a page.
constexpr std::size_t kShownMax = 10;

void write_invoice_settings(JsonWriter& json, const View& view, const Customer& customer) {
    json.key("invoice_settings");
    json.begin_object();
    write_custom_fields(json, *customer.invoice_custom_fields);
    write_reference(json, view.child("invoice_settings"), "default_payment_method",
                    customer.default_payment_method);
    json.text_or_null("footer", customer.invoice_footer);
    json.null("rendering_options");
    json.end_object();
}

// In full, as Stripe shows it; null when its time is over.
void write_discount(JsonWriter& json, const View& view, const Customer& customer) {
    const std::int64_t now = timeline_of(view.world, customer).now_s();
    json.key("discount");
    if (discounts_at(view.world, {customer.discount}, now).empty()) return json.null();
    kDiscountType.render(json, view.child("discount"), customer.discount);
}

// The card of the older API is a payment method with an id of its own.
void write_default_source(JsonWriter& json, const View& view, const Customer& customer) {
    const PaymentMethod* method = view.world.tables.payment_methods.find(customer.default_source);
    if (view.child("default_source").expand == nullptr || method == nullptr) {
        return json.text_or_null("default_source", customer.default_source);
    }
    const BillingDetails& details = *method->billing_details;
    json.key("default_source");
    write_card_object(json, method->id, method->card,
                      {.name = details.name, .address = details.address}, customer.id);
}

// Newest first, as many as a page has, of the subscriptions that have not ended.
void write_customer_subscriptions(JsonWriter& json, const View& view, const Customer& customer) {
    const View list = view.child("subscriptions");
    if (list.expand == nullptr) return;
    auto rows = view.world.tables.subscriptions.rows_of(customer.id);
    std::erase_if(rows, [](const Subscription* row) { return has_ended(*row); });
    std::ranges::reverse(rows);
    const bool has_more = rows.size() > kShownMax;
    if (has_more) rows.resize(kShownMax);
    write_list(
        json, "subscriptions", fmt::format("/v1/customers/{}/subscriptions", customer.id),
        [&](JsonWriter& data) {
            for (const Subscription* row : rows) {
                kSubscriptionType.render(data, list.child("data"), row->id);
            }
        },
        has_more);
}

// As many as a page has, newest first.
void write_customer_tax_ids(JsonWriter& json, const View& view, const Customer& customer) {
    const View list = view.child("tax_ids");
    if (list.expand == nullptr) return;
    auto rows = view.world.tables.tax_ids.rows_of(customer.id);
    std::erase_if(rows, [](const TaxId* row) { return row->is_deleted; });
    std::ranges::reverse(rows);
    const bool has_more = rows.size() > kShownMax;
    if (has_more) rows.resize(kShownMax);
    write_list(
        json, "tax_ids", fmt::format("/v1/customers/{}/tax_ids", customer.id),
        [&](JsonWriter& data) {
            for (const TaxId* row : rows) kTaxIdType.render(data, list.child("data"), row->id);
        },
        has_more);
}

// Fields that are there only when somebody expands them.
void write_customer_included(JsonWriter& json, const View& view, const Customer& customer) {
    const auto is_asked = [&](std::string_view name) { return view.child(name).expand != nullptr; };
    if (is_asked("cash_balance")) json.null("cash_balance");
    if (is_asked("invoice_credit_balance")) {
        json.key("invoice_credit_balance");
        json.begin_object();
        // Unlike the balance, it is positive when the customer has a credit.
        if (customer.balance != 0) json.number(customer.currency, -customer.balance);
        json.end_object();
    }
    write_customer_subscriptions(json, view, customer);
    if (is_asked("sources")) {
        write_list(json, "sources", fmt::format("/v1/customers/{}/sources", customer.id),
                   [](JsonWriter&) {});
    }
    write_customer_tax_ids(json, view, customer);
    if (is_asked("tax")) {
        json.raw("tax",
                 R"({"automatic_tax":"unrecognized_location","ip_address":null,"location":null,)"
                 R"("provider":"stripe"})");
    }
}

bool render_customer(JsonWriter& json, const View& view, std::string_view id) {
    const Customer* customer = view.world.tables.customers.find(id);
    if (customer == nullptr) return false;
    if (customer->is_deleted) return write_tombstone(json, customer->id, "customer"), true;
    json.begin_object();
    json.word("id", customer->id);
    json.word("object", "customer");
    write_address(json, "address", customer->address);
    json.number("balance", customer->balance);
    json.number("created", customer->created);
    json.text_or_null("currency", customer->currency);
    write_default_source(json, view, *customer);
    json.flag("delinquent", customer->is_delinquent);
    json.text_or_null("description", customer->description);
    write_discount(json, view, *customer);
    json.text_or_null("email", customer->email);
    json.word("invoice_prefix", customer->invoice_prefix);
    write_invoice_settings(json, view, *customer);
    json.flag("livemode", false);
    write_metadata(json, customer->metadata);
    json.text_or_null("name", customer->name);
    json.number("next_invoice_sequence", customer->next_invoice_sequence);
    json.text_or_null("phone", customer->phone);
    json.key("preferred_locales");
    json.begin_array();
    for (const std::string& locale : customer->preferred_locales) json.value(locale);
    json.end_array();
    write_shipping(json, customer->shipping);
    json.word("tax_exempt", customer->tax_exempt);
    write_reference(json, view, "test_clock", customer->test_clock);
    if (view.expand != nullptr) write_customer_included(json, view, *customer);
    json.end_object();
    return true;
}

constexpr std::array kCustomerReferences = {
    Reference{"cash_balance", ""},
    Reference{"default_source", ""},
    Reference{"discount", "discount"},
    Reference{"invoice_credit_balance", ""},
    Reference{"invoice_settings.default_payment_method", "payment_method"},
    Reference{"sources", ""},
    Reference{"subscriptions", ""},
    Reference{"subscriptions.data", "subscription"},
    Reference{"tax", ""},
    Reference{"tax_ids", ""},
    Reference{"tax_ids.data", "tax_id"},
    Reference{"test_clock", "test_helpers.test_clock"},
};

}  // namespace

const ResourceType kCustomerType = {"customer", "cus_", kCustomerReferences, render_customer};

}  // namespace onsite::simulator
