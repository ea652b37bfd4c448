// What subscription schedules do to subscriptions: the phases, one after the other.
// Source: docs.stripe.com/billing/subscriptions/subscription-schedules.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>
#include <vector>

#include "simulator/billing/subscribing.hpp"
#include "simulator/core/world.hpp"

namespace onsite::simulator {

std::string_view to_string(ScheduleStatus status);
// Neither over nor released.
bool is_going_on(const SubscriptionSchedule& schedule);
// The one that manages the subscription now; nullptr when there is none.
SubscriptionSchedule* schedule_of(World& world, const Subscription& subscription);
const SubscriptionSchedule* schedule_of(const World& world, const Subscription& subscription);

// The subscription of its first phase, as it would begin now.
StartOrder start_of(const World& world, const SubscriptionSchedule& schedule);
// Makes it, and the schedule is active. Tells nothing of the schedule.
// Errors: those of start_subscription(); then nothing was made.
std::expected<void, ApiError> start_schedule(World& world, SubscriptionSchedule& schedule,
                                             PaymentBehavior behavior);

struct PhaseStep {
    Prorate prorate = Prorate::create;
    bool is_entered = true;  // Or it is the current one, with other settings.
    bool redeems = true;     // Its coupons are not yet on the subscription.
};
// The change that a phase is, at that moment.
ChangeOrder order_of_phase(const World& world, const Subscription& subscription,
                           const SubscriptionSchedule& schedule, const SchedulePhase& phase,
                           const PhaseStep& step, std::int64_t moment);
// Without the coupons that went out of use before their phase.
std::vector<DiscountOrder> usable_discounts(const World& world,
                                            const std::vector<DiscountOrder>& orders,
                                            const DiscountOwner& owner);
// The end that the schedule has for its subscription; none at all.
void set_end(Subscription& subscription, const SubscriptionSchedule& schedule);
void clear_end(Subscription& subscription);

// Gives the subscription what the current phase says. REQUIRES: active.
void apply_phase(World& world, SubscriptionSchedule& schedule, const PhaseStep& step);
// Gives the subscription the end that the schedule has for it, and tells it. REQUIRES: active.
void apply_end(World& world, SubscriptionSchedule& schedule);
// The current phase is as the subscription, which was changed directly.
void follow_subscription(World& world, const Subscription& subscription);

// REQUIRES of both: is_going_on().
void release_schedule(World& world, SubscriptionSchedule& schedule, bool keeps_cancel_date);
void cancel_schedule(World& world, SubscriptionSchedule& schedule, const CancelOrder& order);
// The subscription is over: so is its schedule, completed at its end, aborted when nobody paid.
void end_schedule_of(World& world, const Subscription& subscription);

// ---- Time ----

// Starts it at its moment. As watch_subscription(), once too often is harmless.
void watch_schedule(World& world, const SubscriptionSchedule& schedule);
// What comes after the current phase: the next one, or the release. REQUIRES: schedule_of().
void end_phase(World& world, Subscription& subscription);
// When it is to be told that the schedule ends; nothing when it was.
std::optional<std::int64_t> expiring_at(const SubscriptionSchedule& schedule);
void tell_expiring(World& world, Subscription& subscription);
// The change that the next renewal begins with, for its preview.
std::optional<ChangeOrder> change_at_renewal(const World& world, const Subscription& subscription);

}  // namespace onsite::simulator
