// What time and invoices do to a subscription.
#include <algorithm>
#include <array>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/dunning.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/invoices.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

using enum SubscriptionStatus;

std::int64_t now_of(World& world, const Subscription& subscription) {
    return timeline_of(world, subscription.customer).now_s();
}

void tell(World& world, const Subscription& subscription, std::string_view event) {
    world.emit(event, rendered(world, kSubscriptionType, subscription.id));
}

// Runs a change and tells customer.subscription.updated, once the subscription was announced.
template <typename Change>
void update(World& world, Subscription& subscription, const Change& change) {
    if (!subscription.is_announced) return change();
    const Body before = rendered(world, kSubscriptionType, subscription.id);
    change();
    emit_changed(world, kSubscriptionType, subscription.id, "customer.subscription.updated",
                 before);
}

void set_status(World& world, Subscription& subscription, SubscriptionStatus status) {
    update(world, subscription, [&] { subscription.status = status; });
}

// The next period, and what is billed for it.
Subscription renewed(const Subscription& subscription) {
    Subscription next = subscription;
    if (next.status == trialing) next.status = active;
    next.period = period_at(next.anchor, next.recurrence, subscription.period.end);
    return next;
}

void close_paused(World& world, const Subscription& subscription, Invoice& invoice) {
    if (subscription.paused_collection == PausedCollection::none ||
        subscription.paused_collection == PausedCollection::keep_as_draft) {
        return;
    }
    finalize_invoice(world, invoice);
    if (invoice.status != InvoiceStatus::open) return;
    if (subscription.paused_collection == PausedCollection::void_invoice) {
        void_invoice(world, invoice);
    } else {
        mark_uncollectible(world, invoice);
    }
}

void renew(World& world, Subscription& subscription) {
    Invoice draft = renewal_invoice(world, subscription);
    draft.is_auto_advancing =
        subscription.status != unpaid && subscription.paused_collection == PausedCollection::none;
    Invoice& invoice = add_invoice(world, std::move(draft));
    update(world, subscription, [&] {
        const Subscription next = renewed(subscription);
        subscription.status = next.status;
        subscription.period = next.period;
        subscription.latest_invoice = invoice.id;
        drop_used_discounts(world, subscription);
    });
    close_paused(world, subscription, invoice);
}

void end_trial(World& world, Subscription& subscription) {
    const bool has_no_method = subscription.collection == Collection::charge_automatically &&
                               method_of(world, subscription).empty();
    if (has_no_method && subscription.at_trial_end == MissingMethod::cancel) {
        return cancel_subscription(world, subscription, {});
    }
    if (has_no_method && subscription.at_trial_end == MissingMethod::pause) {
        set_status(world, subscription, paused);
        return tell(world, subscription, "customer.subscription.paused");
    }
    renew(world, subscription);
}

void remind_of_trial_end(World& world, Subscription& subscription) {
    subscription.reminded_of_trial_end = subscription.trial_end;
    tell(world, subscription, "customer.subscription.trial_will_end");
}

// An invoice without an id: it does not exist yet.
void tell_upcoming(World& world, Subscription& subscription) {
    subscription.told_upcoming_of = subscription.period.end;
    JsonWriter json;
    write_invoice(json, {world}, renewal_invoice(world, subscription));
    world.emit("invoice.upcoming", std::make_shared<const std::string>(json.written()));
}

void expire(World& world, Subscription& subscription) {
    Invoice* invoice = world.tables.invoices.find(subscription.latest_invoice);
    if (invoice != nullptr && invoice->status == InvoiceStatus::open) {
        return void_invoice(world, *invoice);  // Which ends the subscription.
    }
    update(world, subscription, [&] {
        subscription.status = incomplete_expired;
        subscription.ended_at = now_of(world, subscription);
    });
    end_schedule_of(world, subscription);
}

bool renews(const Subscription& subscription) {
    return subscription.status == active || subscription.status == past_due ||
           subscription.status == unpaid || subscription.status == trialing;
}

// A moment that something is to happen at, and what.
struct Plan {
    std::optional<std::int64_t> moment = {};
    void (*act)(World&, Subscription&) = nullptr;

    void consider(const std::optional<std::int64_t>& candidate,
                  void (*action)(World&, Subscription&)) {
        if (candidate && (!moment || *candidate < *moment)) *this = {candidate, action};
    }
};

void resume_collection(World& world, Subscription& subscription) {
    update(world, subscription, [&] {
        subscription.paused_collection = PausedCollection::none;
        subscription.resumes_at.reset();
    });
}

Plan next_plan(const World& world, const Subscription& subscription) {
    Plan plan;
    if (has_ended(subscription)) return plan;
    if (subscription.status == incomplete) {
        plan.consider(subscription.created + kIncompleteSeconds, expire);
    }
    // At the same moment, an end goes before a new phase, and that before a renewal.
    plan.consider(subscription.cancel_at,
                  [](World& where, Subscription& ended) { cancel_subscription(where, ended, {}); });
    if (const SubscriptionSchedule* schedule = schedule_of(world, subscription)) {
        plan.consider(schedule->phases[schedule->current].end, end_phase);
        plan.consider(expiring_at(*schedule), tell_expiring);
    }
    plan.consider(subscription.resumes_at, resume_collection);
    if (subscription.status == trialing &&
        subscription.reminded_of_trial_end != subscription.trial_end) {
        plan.consider(*subscription.trial_end - kTrialReminderSeconds, remind_of_trial_end);
    }
    if (!renews(subscription)) return plan;
    const std::int64_t upcoming = subscription.period.end - kUpcomingSeconds;
    if (subscription.told_upcoming_of != subscription.period.end && !subscription.cancel_at &&
        upcoming > subscription.period.start) {
        plan.consider(upcoming, tell_upcoming);
    }
    plan.consider(subscription.period.end, subscription.status == trialing ? end_trial : renew);
    return plan;
}

void after_paid(World& world, const Invoice& invoice, Subscription& subscription) {
    const bool was_paused = subscription.status == paused;
    const bool owed = subscription.status == incomplete || subscription.status == past_due ||
                      subscription.status == unpaid;
    update(world, subscription, [&] {
        save_method_of(world, invoice, subscription);
        if (was_paused || owed) subscription.status = active;
    });
    if (was_paused) tell(world, subscription, "customer.subscription.resumed");
    // Incomplete or paused, nothing but its end was waited for.
    watch_subscription(world, subscription);
}

}  // namespace

std::string_view to_string(SubscriptionStatus status) {
    constexpr std::array<std::string_view, 8> kWords = {
        "incomplete", "incomplete_expired", "trialing", "active",
        "past_due",   "canceled",           "unpaid",   "paused"};
    return kWords[static_cast<std::size_t>(status)];
}

bool has_ended(const Subscription& subscription) {
    return subscription.status == canceled || subscription.status == incomplete_expired;
}

std::string method_of(const World& world, const Subscription& subscription) {
    if (!subscription.default_payment_method.empty()) return subscription.default_payment_method;
    const Customer* customer = world.tables.customers.find(subscription.customer);
    if (customer == nullptr) return {};
    return customer->default_payment_method.empty() ? customer->default_source
                                                    : customer->default_payment_method;
}

Invoice renewal_invoice(const World& world, const Subscription& subscription) {
    const auto change = change_at_renewal(world, subscription);
    const Subscription next = renewed(change ? change->after : subscription);
    Invoice invoice =
        subscription_invoice(world, change ? change->after : subscription, "subscription_cycle");
    invoice.period = subscription.period;
    add_period_lines(world, invoice, next, change ? change->items : items_of(world, subscription),
                     next.period);
    take_pending_items(world, invoice);
    recalculate(world, invoice);
    return invoice;
}

BillingPeriod renewal_invoice_period(const Subscription& subscription) {
    return renewed(subscription).period;
}

void after_payment_failed(World& world, Invoice& invoice, Attempts attempts) {
    Subscription* subscription = world.tables.subscriptions.find(invoice.subscription);
    if (subscription == nullptr) return;
    if (subscription->status == active && subscription->latest_invoice == invoice.id) {
        set_status(world, *subscription, past_due);
    }
    // Short periods have newer invoices when the last retry of an old one fails.
    if (subscription->status != past_due || attempts == Attempts::left) return;
    switch (world.after_retries) {
        case AfterRetries::cancel:
            return cancel_subscription(world, *subscription, {.reason = "payment_failed"});
        case AfterRetries::mark_unpaid:
            return set_status(world, *subscription, unpaid);
        case AfterRetries::leave_past_due:
            return;
    }
}

void after_invoice_closed(World& world, const Invoice& invoice) {
    Subscription* subscription = world.tables.subscriptions.find(invoice.subscription);
    if (subscription == nullptr || subscription->latest_invoice != invoice.id) return;
    if (invoice.status == InvoiceStatus::paid) return after_paid(world, invoice, *subscription);
    if (subscription->status == incomplete && invoice.status == InvoiceStatus::voided) {
        update(world, *subscription, [&] {
            subscription->status = incomplete_expired;
            subscription->ended_at = now_of(world, *subscription);
        });
        return end_schedule_of(world, *subscription);
    }
    if (subscription->status == past_due || subscription->status == unpaid) {
        set_status(world, *subscription, active);
    }
}

void watch_subscription(World& world, const Subscription& subscription) {
    const Plan plan = next_plan(world, subscription);
    if (!plan.moment) return;
    timeline_of(world, subscription.customer)
        .at(*plan.moment * kSecond, [&world, id = subscription.id] {
            Subscription* found = world.tables.subscriptions.find(id);
            if (found == nullptr || world.tables.customers.find(found->customer) == nullptr) return;
            const Plan due = next_plan(world, *found);
            if (!due.moment || *due.moment > now_of(world, *found)) return;
            due.act(world, *found);
            watch_subscription(world, *found);
        });
}

}  // namespace onsite::simulator
