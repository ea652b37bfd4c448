// A phase of a schedule as an order: to begin a subscription, or to change it.
#include <algorithm>

#include "simulator/billing/scheduling.hpp"

namespace onsite::simulator {
namespace {

void set(Subscription& subscription, const ScheduleSettings& settings) {
    if (settings.collection) {
        subscription.collection = *settings.collection;
        subscription.days_until_due = settings.days_until_due;
    }
    if (!settings.default_payment_method.empty()) {
        subscription.default_payment_method = settings.default_payment_method;
    }
    if (!settings.description.empty()) subscription.description = settings.description;
}

void set(Subscription& subscription, const SubscriptionSchedule& schedule,
         const SchedulePhase& phase) {
    set(subscription, schedule.settings);
    set(subscription, phase.settings);
    if (phase.default_tax_rates) subscription.default_tax_rates = *phase.default_tax_rates;
    for (const auto& [key, value] : *phase.metadata) subscription.metadata.edit()[key] = value;
    subscription.recurrence = phase.recurrence;
    set_end(subscription, schedule);
}

// An item of a price that is there stays the same item.
Items items_for(const Items& there, const SchedulePhase& phase) {
    Items items = phase.items;
    for (SubscriptionItem& item : items) {
        const auto same = std::ranges::find(there, item.price, &SubscriptionItem::price);
        const bool stays = same != there.end();
        item.id = stays ? same->id : "";
        item.created = stays ? same->created : 0;
        item.subscription = stays ? same->subscription : "";
    }
    return items;
}

bool is_anchored(const SubscriptionSchedule& schedule, const SchedulePhase& phase) {
    return phase.settings.is_anchored_at_start.value_or(
        schedule.settings.is_anchored_at_start.value_or(false));
}

}  // namespace

void clear_end(Subscription& subscription) {
    subscription.cancel_at.reset();
    subscription.canceled_at.reset();
    subscription.is_canceled_at_period_end = false;
    subscription.cancel_reason.clear();
}

void set_end(Subscription& subscription, const SubscriptionSchedule& schedule) {
    const std::int64_t end = schedule.phases.back().end;
    const bool is_canceling = schedule.end_behavior == EndBehavior::cancel;
    if (subscription.cancel_at && (!is_canceling || subscription.cancel_at != end)) {
        clear_end(subscription);
    }
    if (is_canceling) subscription.cancel_at = end;
}

ChangeOrder order_of_phase(const World& world, const Subscription& subscription,
                           const SubscriptionSchedule& schedule, const SchedulePhase& phase,
                           const PhaseStep& step, std::int64_t moment) {
    ChangeOrder order{.after = subscription,
                      .items = items_for(items_of(world, subscription), phase),
                      .prorate = step.prorate};
    const BillingPeriod& period = subscription.period;
    set(order.after, schedule, phase);
    order.moment = std::clamp(moment, period.start, period.end);
    const bool begins_cycle = phase.recurrence != subscription.recurrence ||
                              (step.is_entered && is_anchored(schedule, phase));
    const bool has_trial = phase.trial_end && *phase.trial_end > moment;
    if (has_trial) order.after.trial_end = phase.trial_end;
    // At the end of a period the renewal that follows bills the phase; within one the change does.
    if (moment >= period.end) {
        order.prorate = Prorate::none;
        if (begins_cycle) order.after.anchor = {period.end};
    } else if (!has_trial) {
        order.starts_period = begins_cycle || subscription.status == SubscriptionStatus::trialing;
    }
    return order;
}

std::vector<DiscountOrder> usable_discounts(const World& world,
                                            const std::vector<DiscountOrder>& orders,
                                            const DiscountOwner& owner) {
    std::vector<DiscountOrder> found = orders;
    std::erase_if(
        found, [&](const DiscountOrder& order) { return !check_discounts(world, {order}, owner); });
    return found;
}

StartOrder start_of(const World& world, const SubscriptionSchedule& schedule) {
    const SchedulePhase& phase = schedule.phases.front();
    StartOrder order;
    Subscription& subscription = order.subscription;
    subscription.customer = schedule.customer;
    subscription.test_clock = schedule.test_clock;
    subscription.schedule = schedule.id;
    subscription.currency = phase.currency;
    subscription.trial_end = phase.trial_end;
    set(subscription, schedule, phase);
    order.items = phase.items;
    order.prorate = phase.prorate;
    order.discounts = usable_discounts(
        world, phase.discounts,
        {.customer = schedule.customer, .currency = phase.currency, .now_s = phase.start});
    return order;
}

std::optional<ChangeOrder> change_at_renewal(const World& world, const Subscription& subscription) {
    const SubscriptionSchedule* schedule = schedule_of(world, subscription);
    if (schedule == nullptr || schedule->current + 1 == schedule->phases.size()) return {};
    const SchedulePhase& next = schedule->phases[schedule->current + 1];
    if (next.start != subscription.period.end) return {};
    return order_of_phase(world, subscription, *schedule, next, {}, next.start);
}

}  // namespace onsite::simulator
