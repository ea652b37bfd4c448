#include "simulator/resources/older_members.hpp"

#include "simulator/billing/arithmetic.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/coupons.hpp"
#include "simulator/resources/discounts.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/plans.hpp"
#include "simulator/resources/prices.hpp"

namespace onsite::simulator {
namespace {

// The object of that type in full, or null.
void write_whole(JsonWriter& json, const View& view, std::string_view name,
                 const ResourceType& type, std::string_view id) {
    json.key(name);
    if (id.empty() || !type.render(json, view.child(name), id)) json.null();
}

void write_price_and_plan(JsonWriter& json, const View& view, const Charged& charged) {
    const Price* price = view.world.tables.prices.find(charged.price);
    const bool recurs = price != nullptr && price->recurring.count > 0;
    write_whole(json, view, "price", kPriceType, charged.price);
    write_whole(json, view, "plan", kPlanType, recurs ? charged.price : "");
}

void write_tax_amounts(JsonWriter& json, std::string_view name,
                       const std::vector<TaxAmount>& taxes) {
    json.key(name);
    json.begin_array();
    for (const TaxAmount& tax : taxes) {
        json.begin_object();
        json.number("amount", tax.amount);
        json.flag("inclusive", tax.is_inclusive);
        json.text("tax_rate", tax.tax_rate);
        json.text("taxability_reason", tax.reason);
        json.number("taxable_amount", tax.taxable);
        json.end_object();
    }
    json.end_array();
}

std::string_view charge_of(const World& world, std::string_view payment_intent) {
    const PaymentIntent* intent = world.tables.payment_intents.find(payment_intent);
    return intent == nullptr ? std::string_view() : std::string_view(intent->latest_charge);
}

void write_subscription(JsonWriter& json, const View& view, const Invoice& invoice) {
    write_reference(json, view, "subscription", invoice.subscription);
    if (invoice.subscription.empty()) return json.null("subscription_details");
    json.key("subscription_details");
    json.begin_object();
    write_metadata(json, invoice.subscription_metadata);
    json.end_object();
}

}  // namespace

void write_older_members(JsonWriter& json, const View& view, const Invoice& invoice) {
    if (view.version >= kBasil) return;
    json.null("application_fee_amount");
    write_reference(json, view, "charge", charge_of(view.world, invoice.payment_intent));
    write_whole(json, view, "discount", kDiscountType,
                invoice.discounts.empty() ? std::string_view() : invoice.discounts.front());
    json.flag("paid", invoice.status == InvoiceStatus::paid);
    json.flag("paid_out_of_band", invoice.paid_off_stripe > 0);
    write_reference(json, view, "payment_intent", invoice.payment_intent);
    json.null("quote");
    write_subscription(json, view, invoice);
    const bool has_tax = !invoice.total_taxes.empty();
    json.number_or_null("tax", has_tax
                                   ? std::optional(invoice.inclusive_tax + invoice.exclusive_tax)
                                   : std::nullopt);
    write_tax_amounts(json, "total_tax_amounts", invoice.total_taxes);
    json.null("transfer_data");
}

void write_older_members(JsonWriter& json, const View& view, const InvoiceLine& line) {
    if (view.version >= kBasil) return;
    const bool is_of_item = line.charged.subscription_item.empty();
    if (!line.invoice_item.empty()) json.text("invoice_item", line.invoice_item);
    write_price_and_plan(json, view, line.charged);
    json.flag("proration", line.charged.is_proration);
    if (!is_of_item) json.text("subscription_item", line.charged.subscription_item);
    write_tax_amounts(json, "tax_amounts", line.taxes);
    write_tax_rates(json, view, "tax_rates", line.charged.tax_rates);
    json.word("type", is_of_item ? "invoiceitem" : "subscription");
    json.text("unit_amount_excluding_tax", decimal_text(line.charged.unit_price, kUnitDigits));
}

void write_older_members(JsonWriter& json, const View& view, const InvoiceItem& item) {
    if (view.version >= kBasil) return;
    write_price_and_plan(json, view, item.charged);
    json.text_or_null("subscription", item.charged.subscription);
    json.text("unit_amount_decimal", decimal_text(item.charged.unit_price, kUnitDigits));
}

void write_older_members(JsonWriter& json, const View& view, const Subscription& subscription) {
    if (view.version >= kBasil) return;
    json.number("current_period_end", subscription.period.end);
    json.number("current_period_start", subscription.period.start);
}

void write_older_invoice(JsonWriter& json, const View& view, std::string_view payment_intent) {
    if (view.version >= kBasil) return;
    const auto payments = view.world.tables.invoice_payments.rows_of(payment_intent);
    write_reference(json, view, "invoice", payments.empty() ? "" : payments.front()->invoice);
}

void write_older_coupon(JsonWriter& json, const View& view, const Coupon& coupon) {
    if (view.version >= kClover) return;
    json.key("coupon");
    write_coupon(json, view.world, coupon);
}

}  // namespace onsite::simulator
