// How subscriptions begin and end.
#include <algorithm>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/subscriptions.hpp"
#include "simulator/wire/currency.hpp"

namespace onsite::simulator {
namespace {

using enum SubscriptionStatus;

bool is_automatic(const Subscription& subscription) {
    return subscription.collection == Collection::charge_automatically;
}

// The period that a chosen anchor cuts the first one out of.
BillingPeriod whole_period(const Subscription& subscription) {
    if (subscription.status == trialing) return subscription.period;
    return period_at(subscription.anchor, subscription.recurrence, subscription.period.start);
}

void begin(Subscription& subscription, std::int64_t now) {
    subscription.created = now;
    if (subscription.trial_end && *subscription.trial_end > now) {
        subscription.status = trialing;
        subscription.trial_start = now;
        subscription.anchor = {*subscription.trial_end};
        subscription.period = {now, *subscription.trial_end};
        return;
    }
    subscription.trial_end.reset();
    subscription.status = is_automatic(subscription) ? incomplete : active;
    if (subscription.anchor.moment == 0) subscription.anchor = {now};
    subscription.period = {now, period_at(subscription.anchor, subscription.recurrence, now).end};
}

Invoice built_first(const World& world, const Subscription& subscription, const Items& items,
                    Prorate prorate) {
    Invoice invoice = subscription_invoice(world, subscription, "subscription_create");
    const BillingPeriod whole = whole_period(subscription);
    if (whole == subscription.period || prorate != Prorate::none) {
        add_period_lines(world, invoice, subscription, items, whole);
    }
    take_pending_items(world, invoice);
    return invoice;
}

DiscountOwner owner_of(const Subscription& subscription) {
    return {.customer = subscription.customer,
            .subscription = subscription.id,
            .currency = subscription.currency,
            .now_s = subscription.created};
}

Subscription& keep(World& world, StartOrder& order) {
    Subscription& subscription = order.subscription;
    subscription.id = world.ids.next("sub_");
    subscription.discounts = redeem(world, order.discounts, owner_of(subscription));
    tell_discounts(world, {}, subscription.discounts);
    for (SubscriptionItem& item : order.items) {
        item.id = world.ids.next("si_");
        item.created = subscription.created;
        item.subscription = subscription.id;
        subscription.items.push_back(item.id);
        world.tables.subscription_items.add(item);
    }
    return world.tables.subscriptions.add(std::move(subscription));
}

// A credit for the unused time, if asked; billed at once, if asked.
void bill_the_end(World& world, Subscription& subscription, const CancelOrder& order,
                  std::int64_t now) {
    const bool was_billed = subscription.status == active || subscription.status == past_due;
    if (order.is_prorated && was_billed) {
        const Items items = items_of(world, subscription);
        add_pending(world, subscription, prorations(world, subscription, items, {}, now));
    }
    if (!order.is_invoiced_now) return;
    Invoice draft = subscription_invoice(world, subscription, "subscription_update");
    take_pending_items(world, draft);
    if (draft.lines.empty()) return;
    Invoice& invoice = add_invoice(world, std::move(draft));
    subscription.latest_invoice = invoice.id;
    finalize_invoice(world, invoice);
    if (invoice.status == InvoiceStatus::open && is_automatic(subscription)) {
        pay_invoice(world, invoice, {});
    }
}

void stop_collecting(World& world, const Subscription& subscription, bool was_incomplete) {
    for (Invoice* invoice : world.tables.invoices.rows_of(subscription.id)) {
        if (was_incomplete && invoice->status == InvoiceStatus::open) void_invoice(world, *invoice);
        invoice->is_auto_advancing = false;
        invoice->automatically_finalizes_at.reset();
        invoice->next_payment_attempt.reset();
    }
}

bool needs_money(const Invoice& draft) {
    return draft.amount_due >= least_charge(draft.currency) &&
           draft.collection == Collection::charge_automatically;
}

// Whether there is something to pay with, if it has to be paid now: default_incomplete waits.
std::expected<void, ApiError> check_payable(const World& world, const StartOrder& order) {
    if (order.payment_behavior == PaymentBehavior::default_incomplete ||
        !method_of(world, order.subscription).empty() ||
        !needs_money(first_invoice(world, order))) {
        return {};
    }
    return std::unexpected(no_payment_method());
}

}  // namespace

Invoice first_invoice(const World& world, StartOrder order) {
    const Customer& customer = *world.tables.customers.find(order.subscription.customer);
    begin(order.subscription, timeline_of(world, customer).now_s());
    Invoice invoice = built_first(world, order.subscription, order.items, order.prorate);
    for (Charged& charged : order.added) {
        invoice.lines.push_back({.id = {}, .invoice_item = {}, .charged = std::move(charged)});
    }
    recalculate(world, invoice,
                preview_discounts(world, order.discounts, owner_of(order.subscription)));
    return invoice;
}

std::expected<std::string, ApiError> start_subscription(World& world, StartOrder order) {
    if (auto good = check_payable(world, order); !good) return std::unexpected(good.error());
    std::optional<ChargeResult> made;
    if (order.payment_behavior == PaymentBehavior::error_if_incomplete) {
        auto charged =
            charge_before(world, first_invoice(world, order), method_of(world, order.subscription));
        if (!charged) return std::unexpected(std::move(charged.error()));
        made = std::move(*charged);
    }
    begin(order.subscription, timeline_of(world, order.subscription.customer).now_s());
    if (order.ends_with_period) {
        order.subscription.cancel_at = order.subscription.period.end;
    }
    Subscription& subscription = keep(world, order);
    for (Charged& charged : order.added) charged.subscription = subscription.id;
    add_pending(world, subscription, std::move(order.added));
    Invoice draft = built_first(world, subscription, order.items, order.prorate);
    // Nobody retries a first payment: the customer has 23 hours for it.
    draft.is_auto_advancing = !is_automatic(subscription);
    Invoice& invoice = add_invoice(world, std::move(draft));
    subscription.latest_invoice = invoice.id;
    if (is_automatic(subscription)) {
        finalize_invoice(world, invoice, made);
        if (invoice.status == InvoiceStatus::open &&
            order.payment_behavior != PaymentBehavior::default_incomplete) {
            pay_invoice(world, invoice, {.made = made});
        }
    }
    if (is_automatic(subscription) && invoice.payment_intent.empty()) {
        ask_for_method(world, subscription);
    }
    drop_used_discounts(world, subscription);
    subscription.is_announced = true;
    world.emit("customer.subscription.created",
               rendered(world, kSubscriptionType, subscription.id));
    watch_subscription(world, subscription);
    return subscription.id;
}

std::expected<std::optional<ChargeResult>, ApiError> charge_before(World& world,
                                                                   const Invoice& draft,
                                                                   const std::string& method) {
    if (!needs_money(draft)) return std::nullopt;
    ChargeResult result = charge_off_session(world, {.customer = draft.customer,
                                                     .payment_method = method,
                                                     .amount = draft.amount_due,
                                                     .currency = draft.currency,
                                                     .description = payment_description(draft),
                                                     .keeps_method = keeps_method(draft)});
    if (result.outcome != ChargeOutcome::paid) return std::unexpected(std::move(result.error));
    return result;
}

void cancel_subscription(World& world, Subscription& subscription, const CancelOrder& order) {
    const std::int64_t now = timeline_of(world, subscription.customer).now_s();
    const bool was_incomplete = subscription.status == incomplete;
    subscription.is_announced = false;  // The deletion tells it all.
    bill_the_end(world, subscription, order, now);
    subscription.status = canceled;
    subscription.canceled_at = subscription.canceled_at.value_or(now);
    subscription.ended_at = now;
    subscription.cancel_reason = order.reason;
    if (!order.comment.empty()) subscription.cancel_comment = order.comment;
    if (!order.feedback.empty()) subscription.cancel_feedback = order.feedback;
    stop_collecting(world, subscription, was_incomplete);
    subscription.is_announced = true;
    world.emit("customer.subscription.deleted",
               rendered(world, kSubscriptionType, subscription.id));
    end_schedule_of(world, subscription);
}

void cancel_all_of(World& world, std::string_view customer) {
    for (Subscription* subscription : world.tables.subscriptions.rows_of(customer)) {
        if (!has_ended(*subscription)) cancel_subscription(world, *subscription, {});
    }
    for (SubscriptionSchedule* schedule : world.tables.subscription_schedules.rows_of(customer)) {
        if (is_going_on(*schedule)) cancel_schedule(world, *schedule, {});
    }
}

}  // namespace onsite::simulator
