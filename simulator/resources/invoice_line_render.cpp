#include <array>

#include <fmt/format.h>

#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/older_members.hpp"

namespace onsite::simulator {
namespace {

void write_item_details(JsonWriter& json, const InvoiceLine& line) {
    const Charged& charged = line.charged;
    const bool is_of_item = charged.subscription_item.empty();
    json.key(is_of_item ? "invoice_item_details" : "subscription_item_details");
    json.begin_object();
    json.text_or_null("invoice_item", line.invoice_item);
    json.flag("proration", charged.is_proration);
    json.key("proration_details");
    json.begin_object();
    json.null("credited_items");
    json.end_object();
    json.text_or_null("subscription", charged.subscription);
    if (!is_of_item) json.text("subscription_item", charged.subscription_item);
    json.end_object();
    json.null(is_of_item ? "subscription_item_details" : "invoice_item_details");
    json.text("type", is_of_item ? "invoice_item_details" : "subscription_item_details");
}

void write_line_discounts(JsonWriter& json, const View& view,
                          const std::vector<DiscountAmount>& discounts) {
    std::vector<std::string> ids;
    for (const DiscountAmount& discount : discounts) ids.push_back(discount.discount);
    write_references(json, view, "discounts", ids);
}

constexpr std::array kInvoiceLineReferences = {
    Reference{"discount_amounts.discount", "discount"},
    Reference{"discounts", "discount"},
};

bool render_no_line(JsonWriter&, const View&, std::string_view) { return false; }

}  // namespace

void write_invoice_line(JsonWriter& json, const View& view, const Invoice& invoice,
                        const InvoiceLine& line, std::size_t number) {
    const Charged& charged = line.charged;
    json.begin_object();
    json.text("id", line.id.empty() ? fmt::format("il_tmp_{}", number + 1) : line.id);
    json.word("object", "line_item");
    json.number("amount", charged.amount);
    json.text("currency", charged.currency);
    json.text_or_null("description", charged.description);
    write_discount_amounts(json, view, "discount_amounts", line.discounts);
    json.flag("discountable", charged.is_discountable);
    write_line_discounts(json, view, line.discounts);
    json.text_or_null("invoice", invoice.id);
    json.flag("livemode", false);
    write_metadata(json, charged.metadata);
    json.key("parent");
    json.begin_object();
    write_item_details(json, line);
    json.end_object();
    write_period(json, charged.period);
    json.null("pretax_credit_amounts");
    write_pricing(json, charged);
    json.number("quantity", charged.quantity);
    json.text("quantity_decimal", fmt::format("{}", charged.quantity));
    json.text_or_null("subscription", charged.subscription);
    json.number("subtotal", charged.amount);
    write_taxes(json, "taxes", line.taxes);
    write_older_members(json, view, line);
    json.end_object();
}

const ResourceType kInvoiceLineType = {"line_item", "il_", kInvoiceLineReferences, render_no_line};

}  // namespace onsite::simulator
