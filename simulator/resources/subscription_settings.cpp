#include "simulator/resources/subscription_settings.hpp"

#include <array>

#include "simulator/billing/calendar.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"

namespace onsite::simulator {
namespace {

void read_trial_settings(ParamReader& params, Subscription& subscription) {
    constexpr std::array<std::string_view, 3> kWords = {"cancel", "create_invoice", "pause"};
    ParamReader behavior = params.object("trial_settings").object("end_behavior");
    if (const auto word = behavior.choice("missing_payment_method", kWords)) {
        subscription.at_trial_end = static_cast<MissingMethod>(*word);
    }
}

void read_payment_settings(ParamReader& params, Subscription& subscription) {
    constexpr std::array<std::string_view, 2> kWords = {"off", "on_subscription"};
    ParamReader sent = params.object("payment_settings");
    update_word(sent, "save_default_payment_method", kWords,
                subscription.save_default_payment_method);
    sent.ignore({"payment_method_options", "payment_method_types"});
}

AnchorConfig read_anchor_config(ParamReader sent) {
    return {.day_of_month = sent.required_integer("day_of_month", 1, 31),
            .month = sent.integer("month", 1, 12),
            .hour = sent.integer("hour", 0, 23),
            .minute = sent.integer("minute", 0, 59),
            .second = sent.integer("second", 0, 59)};
}

}  // namespace

void read_pause(ParamReader& params, Subscription& subscription) {
    if (!params.has("pause_collection")) return;
    constexpr std::array<std::string_view, 3> kWords = {"keep_as_draft", "mark_uncollectible",
                                                        "void"};
    if (params.clears("pause_collection")) {
        params.ignore("pause_collection");
        subscription.paused_collection = PausedCollection::none;
        subscription.resumes_at.reset();
        return;
    }
    ParamReader sent = params.object("pause_collection");
    if (!sent.has("behavior")) sent.refuse(parameter_missing(sent.path_of("behavior")));
    subscription.paused_collection =
        static_cast<PausedCollection>(sent.choice("behavior", kWords).value_or(0) + 1);
    subscription.resumes_at = sent.integer("resumes_at", 0, kMomentMax);
}

void read_details(ParamReader& params, std::string& comment, std::string& feedback) {
    constexpr std::array<std::string_view, 8> kFeedback = {
        "customer_service", "low_quality", "missing_features", "other",
        "switched_service", "too_complex", "too_expensive",    "unused"};
    ParamReader sent = params.object("cancellation_details");
    update_text(sent, "comment", comment);
    update_word(sent, "feedback", kFeedback, feedback);
}

void read_subscription(Call& call, Subscription& subscription) {
    ParamReader& params = call.params;
    read_collection(params, subscription.collection, subscription.days_until_due);
    read_default_method(params, call.world, subscription.customer,
                        subscription.default_payment_method);
    update_text(params, "description", subscription.description);
    if (params.has("default_tax_rates")) {
        subscription.default_tax_rates = read_tax_rates(params, call.world, "default_tax_rates");
    }
    read_trial_settings(params, subscription);
    read_payment_settings(params, subscription);
    params.update_metadata(subscription.metadata);
    params.ignore({"automatic_tax", "billing_mode", "invoice_settings"});
}

void read_trial(ParamReader& params, Subscription& subscription, std::int64_t now) {
    read_trial_end(params, subscription, now);
    const auto trial_days = params.integer("trial_period_days", 0, kTrialDaysMax);
    if (trial_days && params.has("trial_end")) {
        params.refuse("trial_period_days",
                      "You may only specify one of these parameters: "
                      "trial_end, trial_period_days.");
    }
    if (trial_days && *trial_days > 0) subscription.trial_end = now + *trial_days * kDaySeconds;
}

void read_anchor(ParamReader& params, Subscription& subscription, std::int64_t now) {
    constexpr std::string_view kMoment = "billing_cycle_anchor";
    constexpr std::string_view kConfig = "billing_cycle_anchor_config";
    subscription.anchor.moment = params.integer(kMoment, now + 1, kMomentMax).value_or(0);
    if (params.has(kConfig)) {
        const AnchorConfig config = read_anchor_config(params.object(kConfig));
        subscription.anchor = {first_moment(config, now), config};
        if (params.has(kMoment)) {
            params.refuse(kConfig,
                          "You may only specify one of these parameters: billing_cycle_anchor, "
                          "billing_cycle_anchor_config.");
        }
    }
    if (subscription.anchor.moment != 0 && subscription.trial_end) {
        params.refuse(params.has(kMoment) ? kMoment : kConfig,
                      "This simulator takes an anchor without a trial only.");
    }
}

bool read_trial_end(ParamReader& params, Subscription& subscription, std::int64_t now) {
    const auto text = params.text("trial_end");
    if (!text || *text == "now") return text.has_value();
    const auto moment = params.integer("trial_end", now + 1, now + kTrialDaysMax * kDaySeconds);
    subscription.trial_end = moment;
    return false;
}

bool read_cancel_at(ParamReader& params, Subscription& subscription, std::int64_t now) {
    const bool is_set = params.has("cancel_at") && !params.clears("cancel_at");
    const auto word = is_set ? params.text("cancel_at") : std::nullopt;
    // All items have one interval, so the first period that ends is the last one as well.
    const bool is_word = word == "min_period_end" || word == "max_period_end";
    const auto at_end = params.flag("cancel_at_period_end");
    if (at_end && params.has("cancel_at")) {
        params.refuse("cancel_at",
                      "You may only specify one of these parameters: cancel_at, "
                      "cancel_at_period_end.");
    }
    if (params.has("cancel_at")) {
        if (!is_word) update_moment(params, "cancel_at", subscription.cancel_at);
        subscription.is_canceled_at_period_end = false;
        if (!is_word && subscription.cancel_at && *subscription.cancel_at <= now) {
            params.refuse("cancel_at", "`cancel_at` must be in the future.");
        }
    } else if (at_end) {
        subscription.is_canceled_at_period_end = *at_end;
        subscription.cancel_at.reset();
    } else {
        return subscription.is_canceled_at_period_end;
    }
    const bool ends =
        is_word || subscription.is_canceled_at_period_end || subscription.cancel_at.has_value();
    subscription.canceled_at = ends ? std::optional(now) : std::nullopt;
    subscription.cancel_reason = ends ? "cancellation_requested" : "";
    return is_word || subscription.is_canceled_at_period_end;
}

}  // namespace onsite::simulator
