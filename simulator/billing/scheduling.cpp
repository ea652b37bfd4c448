#include "simulator/billing/scheduling.hpp"

#include <array>
#include <utility>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/subscription_schedules.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

using enum SubscriptionStatus;

constexpr std::int64_t kExpiringSeconds = 7 * kDaySeconds;  // Before the end.

std::int64_t now_of(World& world, const SubscriptionSchedule& schedule) {
    return timeline_of(world, schedule.customer).now_s();
}

void tell(World& world, const SubscriptionSchedule& schedule, std::string_view event) {
    world.emit(event, rendered(world, kSubscriptionScheduleType, schedule.id));
}

Body body_of(const World& world, const Subscription& subscription) {
    return rendered(world, kSubscriptionType, subscription.id);
}

void tell_change(World& world, const Subscription& subscription, const Body& before) {
    emit_changed(world, kSubscriptionType, subscription.id, "customer.subscription.updated",
                 before);
}

void close(World& world, SubscriptionSchedule& schedule, ScheduleStatus status) {
    auto& moment =
        status == ScheduleStatus::completed ? schedule.completed_at : schedule.canceled_at;
    moment = now_of(world, schedule);
    schedule.status = status;
}

}  // namespace

std::string_view to_string(ScheduleStatus status) {
    constexpr std::array<std::string_view, 5> kWords = {"not_started", "active", "completed",
                                                        "released", "canceled"};
    return kWords[static_cast<std::size_t>(status)];
}

bool is_going_on(const SubscriptionSchedule& schedule) {
    return schedule.status == ScheduleStatus::not_started ||
           schedule.status == ScheduleStatus::active;
}

const SubscriptionSchedule* schedule_of(const World& world, const Subscription& subscription) {
    if (subscription.schedule.empty()) return nullptr;
    const auto* found = world.tables.subscription_schedules.find(subscription.schedule);
    return found != nullptr && found->status == ScheduleStatus::active ? found : nullptr;
}

SubscriptionSchedule* schedule_of(World& world, const Subscription& subscription) {
    return const_cast<SubscriptionSchedule*>(schedule_of(std::as_const(world), subscription));
}

std::expected<void, ApiError> start_schedule(World& world, SubscriptionSchedule& schedule,
                                             PaymentBehavior behavior) {
    StartOrder order = start_of(world, schedule);
    order.payment_behavior = behavior;
    auto id = start_subscription(world, std::move(order));
    if (!id) return std::unexpected(std::move(id.error()));
    schedule.subscription = std::move(*id);
    schedule.status = ScheduleStatus::active;
    return {};
}

void apply_phase(World& world, SubscriptionSchedule& schedule, const PhaseStep& step) {
    Subscription* subscription = world.tables.subscriptions.find(schedule.subscription);
    if (subscription == nullptr) return;
    const SchedulePhase& phase = schedule.phases[schedule.current];
    const std::int64_t now = now_of(world, schedule);
    ChangeOrder order = order_of_phase(world, *subscription, schedule, phase, step, now);
    const auto discounts = subscription->discounts;
    if (step.redeems) {
        const DiscountOwner owner{.customer = schedule.customer,
                                  .subscription = subscription->id,
                                  .currency = subscription->currency,
                                  .now_s = now};
        order.after.discounts =
            redeem(world, usable_discounts(world, phase.discounts, owner), owner);
    }
    const auto discounts_after = order.after.discounts;
    // Only error_if_incomplete can fail.
    (void)change_subscription(world, *subscription, std::move(order));
    tell_discounts(world, discounts, discounts_after);
}

void apply_end(World& world, SubscriptionSchedule& schedule) {
    Subscription* subscription = world.tables.subscriptions.find(schedule.subscription);
    if (subscription == nullptr) return;
    const Body before = body_of(world, *subscription);
    set_end(*subscription, schedule);
    tell_change(world, *subscription, before);
    watch_subscription(world, *subscription);
}

void follow_subscription(World& world, const Subscription& subscription) {
    SubscriptionSchedule* schedule = schedule_of(world, subscription);
    if (schedule == nullptr) return;
    const Body before = rendered(world, kSubscriptionScheduleType, schedule->id);
    SchedulePhase& phase = schedule->phases[schedule->current];
    phase.items = items_of(world, subscription);
    phase.recurrence = subscription.recurrence;
    emit_changed(world, kSubscriptionScheduleType, schedule->id, "subscription_schedule.updated",
                 before);
}

void release_schedule(World& world, SubscriptionSchedule& schedule, bool keeps_cancel_date) {
    Subscription* subscription = world.tables.subscriptions.find(schedule.subscription);
    schedule.status = ScheduleStatus::released;
    schedule.released_at = now_of(world, schedule);
    std::swap(schedule.released_subscription, schedule.subscription);
    if (subscription != nullptr) {
        const Body before = body_of(world, *subscription);
        subscription->schedule.clear();
        if (!keeps_cancel_date) clear_end(*subscription);
        tell_change(world, *subscription, before);
        watch_subscription(world, *subscription);
    }
    tell(world, schedule, "subscription_schedule.released");
}

void cancel_schedule(World& world, SubscriptionSchedule& schedule, const CancelOrder& order) {
    Subscription* subscription = world.tables.subscriptions.find(schedule.subscription);
    if (subscription != nullptr) return cancel_subscription(world, *subscription, order);
    close(world, schedule, ScheduleStatus::canceled);
    tell(world, schedule, "subscription_schedule.canceled");
}

void end_schedule_of(World& world, const Subscription& subscription) {
    SubscriptionSchedule* schedule = schedule_of(world, subscription);
    if (schedule == nullptr) return;
    const bool is_unpaid =
        subscription.status == incomplete_expired || subscription.cancel_reason == "payment_failed";
    const bool is_done = !is_unpaid && now_of(world, *schedule) >= schedule->phases.back().end;
    close(world, *schedule, is_done ? ScheduleStatus::completed : ScheduleStatus::canceled);
    tell(world, *schedule,
         is_unpaid ? "subscription_schedule.aborted"
         : is_done ? "subscription_schedule.completed"
                   : "subscription_schedule.canceled");
}

void watch_schedule(World& world, const SubscriptionSchedule& schedule) {
    if (schedule.status != ScheduleStatus::not_started) return;
    timeline_of(world, schedule.customer)
        .at(schedule.phases.front().start * kSecond, [&world, id = schedule.id] {
            SubscriptionSchedule* found = world.tables.subscription_schedules.find(id);
            if (found == nullptr || found->status != ScheduleStatus::not_started ||
                found->phases.front().start > now_of(world, *found) ||
                world.tables.customers.find(found->customer) == nullptr) {
                return;
            }
            const Body before = rendered(world, kSubscriptionScheduleType, id);
            // Nobody is there to be told of a missing card: the invoice waits for one.
            const bool can_pay = !method_of(world, start_of(world, *found).subscription).empty();
            (void)start_schedule(
                world, *found,
                can_pay ? PaymentBehavior::allow_incomplete : PaymentBehavior::default_incomplete);
            emit_changed(world, kSubscriptionScheduleType, id, "subscription_schedule.updated",
                         before);
            if (const auto* made = world.tables.subscriptions.find(found->subscription)) {
                watch_subscription(world, *made);
            }
        });
}

void end_phase(World& world, Subscription& subscription) {
    SubscriptionSchedule& schedule = *schedule_of(world, subscription);
    if (schedule.current + 1 == schedule.phases.size()) {
        return release_schedule(world, schedule, false);
    }
    const Body before = rendered(world, kSubscriptionScheduleType, schedule.id);
    const auto& discounts = schedule.phases[schedule.current].discounts;
    const SchedulePhase& next = schedule.phases[++schedule.current];
    apply_phase(world, schedule, {.prorate = next.prorate, .redeems = next.discounts != discounts});
    emit_changed(world, kSubscriptionScheduleType, schedule.id, "subscription_schedule.updated",
                 before);
}

std::optional<std::int64_t> expiring_at(const SubscriptionSchedule& schedule) {
    const std::int64_t end = schedule.phases.back().end;
    const std::int64_t moment = end - kExpiringSeconds;
    if (schedule.told_expiring_of == end || moment < schedule.created) return std::nullopt;
    return moment;
}

void tell_expiring(World& world, Subscription& subscription) {
    SubscriptionSchedule& schedule = *schedule_of(world, subscription);
    schedule.told_expiring_of = schedule.phases.back().end;
    tell(world, schedule, "subscription_schedule.expiring");
}

}  // namespace onsite::simulator
