#include <array>

#include <fmt/format.h>

#include "simulator/billing/arithmetic.hpp"
#include "simulator/resources/plans.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/products.hpp"

namespace onsite::simulator {
namespace {

void write_unit_amount(JsonWriter& json, std::string_view name, const Price& price) {
    const bool is_whole = price.unit_price % kUnitScale == 0;
    json.number_or_null(name,
                        is_whole ? std::optional(price.unit_price / kUnitScale) : std::nullopt);
    json.text(fmt::format("{}_decimal", name), decimal_text(price.unit_price, kUnitDigits));
}

void write_trial_days(JsonWriter& json, const Price& price) {
    json.number_or_null("trial_period_days", price.trial_period_days == 0
                                                 ? std::nullopt
                                                 : std::optional(price.trial_period_days));
}

void write_recurring(JsonWriter& json, const Price& price) {
    if (price.recurring.count == 0) return json.null("recurring");
    json.key("recurring");
    json.begin_object();
    json.text("interval", to_string(price.recurring.interval));
    json.number("interval_count", price.recurring.count);
    json.null("meter");
    write_trial_days(json, price);
    json.word("usage_type", "licensed");
    json.end_object();
}

// There only when somebody expands it. Tiers would be as well; no price of this simulator has any.
void write_price_options(JsonWriter& json, const View& view, const Price& price) {
    if (view.child("currency_options").expand == nullptr) return;
    json.key("currency_options");
    json.begin_object();
    json.key(price.currency);
    json.begin_object();
    json.null("custom_unit_amount");
    json.text("tax_behavior", price.tax_behavior);
    write_unit_amount(json, "unit_amount", price);
    json.end_object();
    json.end_object();
}

bool render_price(JsonWriter& json, const View& view, std::string_view id) {
    const Price* price = view.world.tables.prices.find(id);
    if (price == nullptr) return false;
    json.begin_object();
    json.text("id", price->id);
    json.word("object", "price");
    json.flag("active", price->is_active);
    json.word("billing_scheme", "per_unit");
    json.number("created", price->created);
    json.text("currency", price->currency);
    json.null("custom_unit_amount");
    json.flag("livemode", false);
    json.text_or_null("lookup_key", price->lookup_key);
    write_metadata(json, price->metadata);
    json.text_or_null("nickname", price->nickname);
    write_reference(json, view, "product", price->product, kProductType);
    write_recurring(json, *price);
    json.text("tax_behavior", price->tax_behavior);
    json.null("tiers_mode");
    json.null("transform_quantity");
    json.text("type", price->recurring.count == 0 ? "one_time" : "recurring");
    write_unit_amount(json, "unit_amount", *price);
    write_price_options(json, view, *price);
    json.end_object();
    return true;
}

bool render_plan(JsonWriter& json, const View& view, std::string_view id) {
    const Price* price = view.world.tables.prices.find(id);
    if (price == nullptr || price->recurring.count == 0) return false;
    json.begin_object();
    json.text("id", price->id);
    json.word("object", "plan");
    json.flag("active", price->is_active);
    write_unit_amount(json, "amount", *price);
    json.word("billing_scheme", "per_unit");
    json.number("created", price->created);
    json.text("currency", price->currency);
    json.text("interval", to_string(price->recurring.interval));
    json.number("interval_count", price->recurring.count);
    json.flag("livemode", false);
    write_metadata(json, price->metadata);
    json.null("meter");
    json.text_or_null("nickname", price->nickname);
    write_reference(json, view, "product", price->product, kProductType);
    json.null("tiers_mode");
    json.null("transform_usage");
    write_trial_days(json, *price);
    json.word("usage_type", "licensed");
    json.end_object();
    return true;
}

constexpr std::array kPriceReferences = {Reference{"currency_options", ""},
                                         Reference{"product", "product"}, Reference{"tiers", ""}};
constexpr std::array kPlanReferences = {Reference{"product", "product"}, Reference{"tiers", ""}};

}  // namespace

std::string_view to_string(Interval interval) {
    return kIntervals[static_cast<std::size_t>(interval)];
}

const ResourceType kPriceType = {"price", "price_", kPriceReferences, render_price};
const ResourceType kPlanType = {"plan", "plan_", kPlanReferences, render_plan};

}  // namespace onsite::simulator
