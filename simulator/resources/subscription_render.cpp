#include <array>

#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/objects/address.hpp"
#include "simulator/resources/billing_fields.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/older_members.hpp"
#include "simulator/resources/subscription_items.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

void write_cancellation(JsonWriter& json, const Subscription& subscription) {
    json.number_or_null("cancel_at", subscription.cancel_at);
    json.flag("cancel_at_period_end", subscription.is_canceled_at_period_end);
    json.number_or_null("canceled_at", subscription.canceled_at);
    json.key("cancellation_details");
    json.begin_object();
    json.text_or_null("comment", subscription.cancel_comment);
    json.text_or_null("feedback", subscription.cancel_feedback);
    json.null("feedback_option");
    json.text_or_null("reason", subscription.cancel_reason);
    json.end_object();
}

void write_items(JsonWriter& json, const View& view, const Subscription& subscription) {
    const View inside = view.child("items").child("data");
    write_list(json, "items", "/v1/subscription_items?subscription=" + subscription.id,
               [&](JsonWriter& list) {
                   for (const std::string& id : subscription.items) {
                       kSubscriptionItemType.render(list, inside, id);
                   }
               });
}

void write_trial(JsonWriter& json, const Subscription& subscription) {
    constexpr std::array<std::string_view, 3> kWords = {"cancel", "create_invoice", "pause"};
    json.number_or_null("trial_end", subscription.trial_end);
    json.key("trial_settings");
    json.begin_object();
    json.key("end_behavior");
    json.begin_object();
    json.null("billing_cycle_anchor");
    json.text("missing_payment_method",
              kWords[static_cast<std::size_t>(subscription.at_trial_end)]);
    json.end_object();
    json.end_object();
    json.number_or_null("trial_start", subscription.trial_start);
}

void write_pause(JsonWriter& json, const Subscription& subscription) {
    constexpr std::array<std::string_view, 4> kWords = {"", "keep_as_draft", "mark_uncollectible",
                                                        "void"};
    if (subscription.paused_collection == PausedCollection::none) {
        return json.null("pause_collection");
    }
    json.key("pause_collection");
    json.begin_object();
    json.text("behavior", kWords[static_cast<std::size_t>(subscription.paused_collection)]);
    json.number_or_null("resumes_at", subscription.resumes_at);
    json.end_object();
}

void write_settings(JsonWriter& json, const Subscription& subscription) {
    json.key("billing_mode");
    json.begin_object();
    json.null("flexible");
    json.word("type", "classic");
    json.end_object();
    json.key("invoice_settings");
    json.begin_object();
    json.null("account_tax_ids");
    json.null("custom_fields");
    json.null("description");
    json.null("footer");
    json.key("issuer");
    json.begin_object();
    json.word("type", "self");
    json.end_object();
    json.end_object();
    json.key("payment_settings");
    json.begin_object();
    json.null("payment_method_options");
    json.null("payment_method_types");
    json.text("save_default_payment_method", subscription.save_default_payment_method);
    json.end_object();
}

void write_anchor_config(JsonWriter& json, const std::optional<AnchorConfig>& config) {
    if (!config) return json.null("billing_cycle_anchor_config");
    json.key("billing_cycle_anchor_config");
    json.begin_object();
    json.number("day_of_month", config->day_of_month);
    json.number_or_null("hour", config->hour);
    json.number_or_null("minute", config->minute);
    json.number_or_null("month", config->month);
    json.number_or_null("second", config->second);
    json.end_object();
}

void write_constants(JsonWriter& json) {
    for (const std::string_view name :
         {"application", "application_fee_percent", "billing_thresholds", "customer_account",
          "default_source", "managed_payments", "next_pending_invoice_item_invoice", "on_behalf_of",
          "pending_invoice_item_interval", "pending_update", "transfer_data"}) {
        json.null(name);
    }
    json.flag("livemode", false);
    write_texts(json, "billing_schedules", {});
    write_automatic_tax(json, false);
}

bool render_subscription(JsonWriter& json, const View& view, std::string_view id) {
    const Subscription* subscription = view.world.tables.subscriptions.find(id);
    if (subscription == nullptr) return false;
    json.begin_object();
    json.text("id", subscription->id);
    json.word("object", "subscription");
    json.number("billing_cycle_anchor", subscription->anchor.moment);
    write_anchor_config(json, subscription->anchor.config);
    write_cancellation(json, *subscription);
    json.text("collection_method", to_string(subscription->collection));
    json.number("created", subscription->created);
    json.text("currency", subscription->currency);
    write_reference(json, view, "customer", subscription->customer);
    json.number_or_null("days_until_due", subscription->days_until_due);
    write_reference(json, view, "default_payment_method", subscription->default_payment_method);
    write_tax_rates(json, view, "default_tax_rates", subscription->default_tax_rates);
    json.text_or_null("description", subscription->description);
    write_references(json, view, "discounts", subscription->discounts);
    json.number_or_null("ended_at", subscription->ended_at);
    write_items(json, view, *subscription);
    write_reference(json, view, "latest_invoice", subscription->latest_invoice);
    write_metadata(json, subscription->metadata);
    write_pause(json, *subscription);
    write_reference(json, view, "pending_setup_intent", subscription->pending_setup_intent);
    write_reference(json, view, "schedule", subscription->schedule);
    write_settings(json, *subscription);
    json.number("start_date", subscription->created);
    json.text("status", to_string(subscription->status));
    write_reference(json, view, "test_clock", subscription->test_clock);
    write_trial(json, *subscription);
    write_constants(json);
    write_older_members(json, view, *subscription);
    json.end_object();
    return true;
}

constexpr std::array kSubscriptionReferences = {
    Reference{"application", ""},
    Reference{"customer", "customer"},
    Reference{"default_payment_method", "payment_method"},
    Reference{"default_source", ""},
    Reference{"discounts", "discount"},
    Reference{"items", ""},
    Reference{"items.data", "subscription_item"},
    Reference{"latest_invoice", "invoice"},
    Reference{"on_behalf_of", ""},
    Reference{"pending_setup_intent", "setup_intent"},
    Reference{"schedule", "subscription_schedule"},
    Reference{"test_clock", "test_helpers.test_clock"},
    Reference{"transfer_data.destination", ""},
};

}  // namespace

const ResourceType kSubscriptionType = {"subscription", "sub_", kSubscriptionReferences,
                                        render_subscription};

}  // namespace onsite::simulator
