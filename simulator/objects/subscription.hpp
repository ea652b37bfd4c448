// Source: docs.stripe.com/api/subscriptions, docs.stripe.com/billing/subscriptions/overview.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/objects/invoice.hpp"
#include "simulator/objects/product.hpp"

namespace onsite::simulator {

enum class SubscriptionStatus {
    incomplete,
    incomplete_expired,
    trialing,
    active,
    past_due,
    canceled,
    unpaid,
    paused,
};

enum class MissingMethod { cancel, create_invoice, pause };
enum class PausedCollection { none, keep_as_draft, mark_uncollectible, void_invoice };
enum class Prorate { create, always_invoice, none };

struct SubscriptionItem {
    std::string id;  // "si_"
    std::int64_t created = 0;
    bool is_deleted = false;
    std::string subscription = {};
    std::string price = {};
    std::int64_t quantity = 1;
    std::vector<std::string> tax_rates = {};
    Metadata metadata = {};
};

// billing_cycle_anchor_config, in UTC. What is not said is as at the subscription's start.
struct AnchorConfig {
    std::int64_t day_of_month = 1;  // 1 to 31; the last day of a month that has no such day.
    std::optional<std::int64_t> month = {};
    std::optional<std::int64_t> hour = {};
    std::optional<std::int64_t> minute = {};
    std::optional<std::int64_t> second = {};
};

// Where periods are counted from: always from here, never from the last one.
struct BillingAnchor {
    std::int64_t moment = 0;
    std::optional<AnchorConfig> config = {};  // What the moment was found by.
};

struct Subscription {
    std::string id;  // "sub_"
    std::int64_t created = 0;
    SubscriptionStatus status = SubscriptionStatus::incomplete;
    std::string customer = {};
    std::string currency = {};
    std::string description = {};
    std::string test_clock = {};
    std::vector<std::string> items = {};  // "si_"
    Recurrence recurrence = {};           // That of all its prices.
    BillingAnchor anchor = {};
    BillingPeriod period = {};
    std::optional<std::int64_t> trial_start = {};
    std::optional<std::int64_t> trial_end = {};
    MissingMethod at_trial_end = MissingMethod::create_invoice;
    std::optional<std::int64_t> cancel_at = {};
    bool is_canceled_at_period_end = false;
    std::optional<std::int64_t> canceled_at = {};
    std::optional<std::int64_t> ended_at = {};
    std::string cancel_comment = {};
    std::string cancel_feedback = {};
    std::string cancel_reason = {};
    Collection collection = Collection::charge_automatically;
    std::optional<std::int64_t> days_until_due = {};
    std::string default_payment_method = {};
    std::string save_default_payment_method = "off";
    std::vector<std::string> default_tax_rates = {};
    std::vector<std::string> discounts = {};
    std::string latest_invoice = {};
    std::string pending_setup_intent = {};
    std::string schedule = {};  // That manages it, or did to its end.
    PausedCollection paused_collection = PausedCollection::none;
    std::optional<std::int64_t> resumes_at = {};
    Metadata metadata = {};
    bool is_announced = false;  // customer.subscription.created was told.
    // ---- What was already told, so that a late action tells it once ----
    std::optional<std::int64_t> reminded_of_trial_end = {};
    std::optional<std::int64_t> told_upcoming_of = {};
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const Subscription& row) { return {row.customer}; }

}  // namespace onsite::simulator
