#include <array>

#include <fmt/format.h>

#include "simulator/objects/address.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoice_items.hpp"
#include "simulator/resources/older_members.hpp"

namespace onsite::simulator {
namespace {

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
    write_older_members(json, view, *item);
    json.end_object();
    return true;
}

constexpr std::array kInvoiceItemReferences = {Reference{"customer", "customer"},
                                               Reference{"invoice", "invoice"},
                                               Reference{"test_clock", "test_helpers.test_clock"}};

}  // namespace

const ResourceType kInvoiceItemType = {"invoiceitem", "ii_", kInvoiceItemReferences,
                                       render_invoice_item};

}  // namespace onsite::simulator
