// Source: docs.stripe.com/api/subscription_schedules.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/objects/discount.hpp"
#include "simulator/objects/subscription.hpp"

namespace onsite::simulator {

enum class ScheduleStatus { not_started, active, completed, released, canceled };
enum class EndBehavior { release, cancel };

// What is not set is as the subscription has it.
struct ScheduleSettings {
    std::optional<bool> is_anchored_at_start = {};  // billing_cycle_anchor is phase_start.
    std::optional<Collection> collection = {};
    std::optional<std::int64_t> days_until_due = {};
    std::string default_payment_method = {};
    std::string description = {};

    bool operator==(const ScheduleSettings&) const = default;
};

struct SchedulePhase {
    std::int64_t start = 0;
    std::int64_t end = 0;
    std::string currency = {};
    Recurrence recurrence = {};                 // That of all its prices.
    std::vector<SubscriptionItem> items = {};   // Their ids say nothing.
    std::vector<DiscountOrder> discounts = {};  // None: those of the customer.
    std::optional<std::vector<std::string>> default_tax_rates = {};
    std::optional<std::int64_t> trial_end = {};
    Prorate prorate = Prorate::create;  // When it is entered.
    ScheduleSettings settings = {};
    Metadata metadata = {};
};

struct SubscriptionSchedule {
    std::string id;  // "sub_sched_"
    std::int64_t created = 0;
    ScheduleStatus status = ScheduleStatus::not_started;
    std::string customer = {};
    std::string test_clock = {};
    std::string subscription = {};
    std::string released_subscription = {};
    EndBehavior end_behavior = EndBehavior::release;
    ScheduleSettings settings = {};          // Of phases that do not say it.
    std::vector<SchedulePhase> phases = {};  // Each begins when the one before it ends.
    std::size_t current = 0;                 // Of the phases, while it is active.
    std::optional<std::int64_t> canceled_at = {};
    std::optional<std::int64_t> completed_at = {};
    std::optional<std::int64_t> released_at = {};
    Metadata metadata = {};
    std::optional<std::int64_t> told_expiring_of = {};  // The end that was told of.
};
// core/table.hpp
inline std::array<std::string_view, 1> owners_of(const SubscriptionSchedule& row) {
    return {row.customer};
}

}  // namespace onsite::simulator
