#include <array>

#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/coupons.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/plans.hpp"
#include "simulator/resources/prices.hpp"
#include "simulator/resources/subscription_params.hpp"
#include "simulator/resources/subscription_schedules.hpp"

namespace onsite::simulator {
namespace {

std::string_view word_of(bool is_anchored_at_start) {
    return is_anchored_at_start ? "phase_start" : "automatic";
}

void write_invoice_settings(JsonWriter& json, const ScheduleSettings& settings) {
    json.key("invoice_settings");
    json.begin_object();
    json.null("account_tax_ids");
    json.null("custom_fields");
    json.number_or_null("days_until_due", settings.days_until_due);
    json.null("description");
    json.null("footer");
    json.key("issuer");
    json.begin_object();
    json.word("type", "self");
    json.end_object();
    json.end_object();
}

// What default_settings and phases have in common.
void write_settings(JsonWriter& json, const View& view, const ScheduleSettings& settings) {
    for (const std::string_view name :
         {"application_fee_percent", "billing_thresholds", "on_behalf_of", "transfer_data"}) {
        json.null(name);
    }
    write_automatic_tax(json, false);
    write_reference(json, view, "default_payment_method", settings.default_payment_method);
    json.text_or_null("description", settings.description);
}

void write_default_settings(JsonWriter& json, const View& view,
                            const SubscriptionSchedule& schedule) {
    const ScheduleSettings& settings = schedule.settings;
    json.key("default_settings");
    json.begin_object();
    write_settings(json, view.child("default_settings"), settings);
    json.word("billing_cycle_anchor", word_of(settings.is_anchored_at_start.value_or(false)));
    json.text("collection_method",
              to_string(settings.collection.value_or(Collection::charge_automatically)));
    write_invoice_settings(json, settings);
    json.end_object();
}

void write_discounts(JsonWriter& json, const View& view, const SchedulePhase& phase) {
    const View inside = view.child("discounts");
    json.key("discounts");
    json.begin_array();
    for (const DiscountOrder& order : phase.discounts) {
        json.begin_object();
        if (order.coupon.empty()) {
            json.null("coupon");
        } else {
            write_reference(json, inside, "coupon", order.coupon, kCouponType);
        }
        write_reference(json, inside, "discount", order.discount);
        write_reference(json, inside, "promotion_code", order.promotion_code);
        json.end_object();
    }
    json.end_array();
}

void write_items(JsonWriter& json, const View& view, const SchedulePhase& phase) {
    const View inside = view.child("items");
    json.key("items");
    json.begin_array();
    for (const SubscriptionItem& item : phase.items) {
        json.begin_object();
        json.null("billing_thresholds");
        write_texts(json, "discounts", {});
        write_metadata(json, item.metadata);
        write_reference(json, inside, "plan", item.price, kPlanType);
        write_reference(json, inside, "price", item.price, kPriceType);
        json.number("quantity", item.quantity);
        write_tax_rates(json, view, "tax_rates", item.tax_rates);
        json.end_object();
    }
    json.end_array();
}

void write_phase(JsonWriter& json, const View& view, const SchedulePhase& phase) {
    const ScheduleSettings& settings = phase.settings;
    json.begin_object();
    write_settings(json, view, settings);
    write_texts(json, "add_invoice_items", {});
    json.text_or_null("billing_cycle_anchor", settings.is_anchored_at_start
                                                  ? word_of(*settings.is_anchored_at_start)
                                                  : std::string_view());
    json.text_or_null("collection_method",
                      settings.collection ? to_string(*settings.collection) : std::string_view());
    json.text("currency", phase.currency);
    write_tax_rates(json, view, "default_tax_rates",
                    phase.default_tax_rates.value_or(std::vector<std::string>()));
    write_discounts(json, view, phase);
    json.number("end_date", phase.end);
    if (settings.days_until_due) {
        write_invoice_settings(json, settings);
    } else {
        json.null("invoice_settings");
    }
    write_items(json, view, phase);
    write_metadata(json, phase.metadata);
    json.word("proration_behavior", kProrations[static_cast<std::size_t>(phase.prorate)]);
    json.number("start_date", phase.start);
    json.number_or_null("trial_end", phase.trial_end);
    json.end_object();
}

void write_current_phase(JsonWriter& json, const SubscriptionSchedule& schedule) {
    if (schedule.status != ScheduleStatus::active) return json.null("current_phase");
    const SchedulePhase& phase = schedule.phases[schedule.current];
    json.key("current_phase");
    json.begin_object();
    json.number("end_date", phase.end);
    json.number("start_date", phase.start);
    json.end_object();
}

void write_billing_mode(JsonWriter& json) {
    json.key("billing_mode");
    json.begin_object();
    json.null("flexible");
    json.word("type", "classic");
    json.end_object();
}

bool render_schedule(JsonWriter& json, const View& view, std::string_view id) {
    const SubscriptionSchedule* schedule = view.world.tables.subscription_schedules.find(id);
    if (schedule == nullptr) return false;
    json.begin_object();
    json.text("id", schedule->id);
    json.word("object", "subscription_schedule");
    json.null("application");
    write_billing_mode(json);
    json.number_or_null("canceled_at", schedule->canceled_at);
    json.number_or_null("completed_at", schedule->completed_at);
    json.number("created", schedule->created);
    write_current_phase(json, *schedule);
    write_reference(json, view, "customer", schedule->customer);
    json.null("customer_account");
    write_default_settings(json, view, *schedule);
    json.word("end_behavior", schedule->end_behavior == EndBehavior::cancel ? "cancel" : "release");
    json.flag("livemode", false);
    write_metadata(json, schedule->metadata);
    write_texts(json, "pause_schedules", {});
    json.key("phases");
    json.begin_array();
    for (const SchedulePhase& phase : schedule->phases) {
        write_phase(json, view.child("phases"), phase);
    }
    json.end_array();
    json.number_or_null("released_at", schedule->released_at);
    json.text_or_null("released_subscription", schedule->released_subscription);
    json.text("status", to_string(schedule->status));
    write_reference(json, view, "subscription", schedule->subscription);
    write_reference(json, view, "test_clock", schedule->test_clock);
    json.end_object();
    return true;
}

constexpr std::array kScheduleReferences = {
    Reference{"application", ""},
    Reference{"customer", "customer"},
    Reference{"default_settings.default_payment_method", "payment_method"},
    Reference{"phases", ""},
    Reference{"phases.default_payment_method", "payment_method"},
    Reference{"phases.discounts.coupon", "coupon"},
    Reference{"phases.discounts.discount", "discount"},
    Reference{"phases.discounts.promotion_code", "promotion_code"},
    Reference{"phases.items.plan", "plan"},
    Reference{"phases.items.price", "price"},
    Reference{"subscription", "subscription"},
    Reference{"test_clock", "test_helpers.test_clock"},
};

}  // namespace

const ResourceType kSubscriptionScheduleType = {"subscription_schedule", "sub_sched_",
                                                kScheduleReferences, render_schedule};

}  // namespace onsite::simulator
