#include "simulator/resources/billing_fields.hpp"

#include <array>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/tax_rates.hpp"

namespace onsite::simulator {

void write_period(JsonWriter& json, const BillingPeriod& period) {
    json.key("period");
    json.begin_object();
    json.number("end", period.end);
    json.number("start", period.start);
    json.end_object();
}

void write_pricing(JsonWriter& json, const Charged& charged) {
    json.key("pricing");
    json.begin_object();
    if (!charged.price.empty()) {
        json.key("price_details");
        json.begin_object();
        json.text("price", charged.price);
        json.text("product", charged.product);
        json.end_object();
    }
    json.word("type", "price_details");
    json.text("unit_amount_decimal", decimal_text(charged.unit_price, kUnitDigits));
    json.end_object();
}

void write_tax_rates(JsonWriter& json, const View& view, std::string_view name,
                     const std::vector<std::string>& ids) {
    json.key(name);
    json.begin_array();
    for (const std::string& id : ids) kTaxRateType.render(json, {view.world}, id);
    json.end_array();
}

void write_discount_amounts(JsonWriter& json, const View& view, std::string_view name,
                            const std::vector<DiscountAmount>& amounts) {
    json.key(name);
    json.begin_array();
    for (const DiscountAmount& amount : amounts) {
        json.begin_object();
        json.number("amount", amount.amount);
        write_reference(json, view.child(name), "discount", amount.discount);
        json.end_object();
    }
    json.end_array();
}

void write_taxes(JsonWriter& json, std::string_view name, const std::vector<TaxAmount>& taxes) {
    json.key(name);
    json.begin_array();
    for (const TaxAmount& tax : taxes) {
        json.begin_object();
        json.number("amount", tax.amount);
        json.text("tax_behavior", tax.is_inclusive ? "inclusive" : "exclusive");
        json.key("tax_rate_details");
        json.begin_object();
        json.text("tax_rate", tax.tax_rate);
        json.end_object();
        json.text("taxability_reason", tax.reason);
        json.number("taxable_amount", tax.taxable);
        json.word("type", "tax_rate_details");
        json.end_object();
    }
    json.end_array();
}

// docs.stripe.com/api/invoices/create#create_invoice-custom_fields
void read_custom_fields(ParamReader& params, std::vector<CustomField>& fields) {
    constexpr std::size_t kFieldsMax = 4;
    if (!params.has("custom_fields")) return;
    fields.clear();
    if (params.clears("custom_fields")) return params.ignore("custom_fields");
    for (ParamReader& sent : params.objects("custom_fields")) {
        fields.push_back(
            {std::string(sent.required_text("name")), std::string(sent.required_text("value"))});
    }
    if (fields.size() > kFieldsMax) {
        params.refuse("custom_fields", "You may pass at most 4 custom fields.");
    }
}

void write_custom_fields(JsonWriter& json, const std::vector<CustomField>& fields) {
    if (fields.empty()) return json.null("custom_fields");
    json.key("custom_fields");
    json.begin_array();
    for (const CustomField& field : fields) {
        json.begin_object();
        json.text("name", field.name);
        json.text("value", field.value);
        json.end_object();
    }
    json.end_array();
}

void write_automatic_tax(JsonWriter& json, bool is_of_invoice) {
    json.key("automatic_tax");
    json.begin_object();
    json.null("disabled_reason");
    json.flag("enabled", false);
    json.null("liability");
    if (is_of_invoice) {
        json.null("provider");
        json.null("status");
    }
    json.end_object();
}

std::vector<std::string> read_tax_rates(ParamReader& params, const World& world,
                                        std::string_view name) {
    std::vector<std::string> ids = params.texts(name);
    for (const std::string& id : ids) {
        if (world.tables.tax_rates.find(id) == nullptr) {
            params.refuse(no_such("tax rate", id, params.path_of(name)));
        }
    }
    return ids;
}

void read_default_method(ParamReader& params, const World& world, std::string_view customer,
                         std::string& method) {
    constexpr std::string_view kName = "default_payment_method";
    update_text(params, kName, method);
    if (!params.has(kName) || method.empty() || !check_customer(world, customer)) return;
    if (auto good = check_default_method(world, method, customer, kName); !good) {
        params.refuse(std::move(good.error()));
    }
}

void read_collection(ParamReader& params, Collection& collection,
                     std::optional<std::int64_t>& days_until_due) {
    if (const auto word = params.choice("collection_method", kCollections)) {
        collection = *word == 1 ? Collection::send_invoice : Collection::charge_automatically;
    }
    if (const auto days = params.integer("days_until_due", 0, kDueDaysMax)) {
        days_until_due = *days;
        if (collection == Collection::charge_automatically) {
            params.refuse("days_until_due",
                          "`days_until_due` can only be set when `collection_method` is "
                          "'send_invoice'.");
        }
    }
}

}  // namespace onsite::simulator
