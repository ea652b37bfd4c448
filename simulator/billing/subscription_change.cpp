// Changes of a subscription, with their prorations.
#include <algorithm>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/scheduling.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"
#include "simulator/resources/fields.hpp"
#include "simulator/resources/subscriptions.hpp"

namespace onsite::simulator {
namespace {

using enum SubscriptionStatus;

bool begins_trial(const Subscription& before, const Subscription& after, std::int64_t now) {
    return after.trial_end && *after.trial_end > now && after.trial_end != before.trial_end;
}

std::int64_t now_of(const World& world, const Subscription& subscription) {
    const Customer* customer = world.tables.customers.find(subscription.customer);
    return customer == nullptr ? world.timeline.now_s() : timeline_of(world, *customer).now_s();
}

// The subscription after the change: its period and status follow from the settings.
Subscription settled(const World& world, const Subscription& before, const ChangeOrder& order) {
    Subscription after = order.after;
    const std::int64_t now = now_of(world, before);
    if (order.starts_period) {
        if (after.status == trialing) after.status = active;
        if (after.trial_end && *after.trial_end > now) after.trial_end = now;
        after.anchor = {now};
        after.period = period_at(after.anchor, after.recurrence, now);
    } else if (begins_trial(before, after, now)) {
        if (after.status != trialing) {
            after.trial_start = now;
            after.period.start = now;
        }
        after.status = trialing;
        after.period.end = *after.trial_end;
        after.anchor = {*after.trial_end};
    }
    return after;
}

bool is_billed_now(const ChangeOrder& order, const std::vector<Charged>& charges) {
    return order.starts_period || (order.prorate == Prorate::always_invoice && !charges.empty());
}

Invoice built(const World& world, const Subscription& after, const ChangeOrder& order) {
    Invoice invoice = subscription_invoice(world, after, "subscription_update");
    if (order.starts_period) {
        add_period_lines(world, invoice, after, order.items, after.period);
    }
    take_pending_items(world, invoice);
    return invoice;
}

void write_items(World& world, Subscription& subscription, Items& items) {
    for (const SubscriptionItem& old : items_of(world, subscription)) {
        const auto stays = [&](const SubscriptionItem& item) { return item.id == old.id; };
        if (std::ranges::none_of(items, stays)) {
            world.tables.subscription_items.find(old.id)->is_deleted = true;
            std::erase(subscription.items, old.id);
        }
    }
    for (SubscriptionItem& item : items) {
        if (SubscriptionItem* there = world.tables.subscription_items.find(item.id)) {
            *there = item;
            continue;
        }
        item.id = world.ids.next("si_");
        item.created = now_of(world, subscription);
        item.subscription = subscription.id;
        subscription.items.push_back(item.id);
        world.tables.subscription_items.add(item);
    }
}

void bill_now(World& world, Subscription& subscription, const ChangeOrder& order,
              const std::optional<ChargeResult>& made) {
    Invoice& invoice = add_invoice(world, built(world, subscription, order));
    subscription.latest_invoice = invoice.id;
    drop_used_discounts(world, subscription);
    if (subscription.collection == Collection::send_invoice) return;
    finalize_invoice(world, invoice, made);
    if (invoice.status == InvoiceStatus::open &&
        order.payment_behavior != PaymentBehavior::default_incomplete) {
        pay_invoice(world, invoice, {.made = made});
    }
}

}  // namespace

std::vector<Charged> prorations_of(const World& world, const Subscription& before,
                                   const ChangeOrder& order) {
    const bool is_billed = before.status == active || before.status == past_due;
    if (!is_billed || order.prorate == Prorate::none) return {};
    const Items items = items_of(world, before);
    // When the period ends here all of it is credited: what comes instead is billed in full.
    const bool ends_period =
        order.starts_period || begins_trial(before, order.after, now_of(world, before));
    return prorations(world, before, items, ends_period ? Items{} : order.items, order.moment);
}

std::optional<Invoice> invoice_of_change(const World& world, const Subscription& before,
                                         const ChangeOrder& order) {
    std::vector<Charged> charges = prorations_of(world, before, order);
    if (!is_billed_now(order, charges)) return std::nullopt;
    Invoice invoice = built(world, settled(world, before, order), order);
    for (Charged& charged : charges) {  // They would be the newest of what waits.
        invoice.lines.insert(invoice.lines.begin(),
                             {.id = {}, .invoice_item = {}, .charged = std::move(charged)});
    }
    recalculate(world, invoice);
    return invoice;
}

std::expected<void, ApiError> change_subscription(World& world, Subscription& subscription,
                                                  ChangeOrder order) {
    std::optional<ChargeResult> made;
    if (order.payment_behavior == PaymentBehavior::error_if_incomplete) {
        if (const auto draft = invoice_of_change(world, subscription, order)) {
            auto charged = charge_before(world, *draft, method_of(world, order.after));
            if (!charged) return std::unexpected(std::move(charged.error()));
            made = std::move(*charged);
        }
    }
    const Body before = rendered(world, kSubscriptionType, subscription.id);
    std::vector<Charged> charges = prorations_of(world, subscription, order);
    const bool is_now = is_billed_now(order, charges);
    write_items(world, subscription, order.items);
    order.after.items = subscription.items;
    subscription = settled(world, subscription, order);
    for (Charged& charged : charges) charged.subscription = subscription.id;
    add_pending(world, subscription, std::move(charges));
    subscription.is_announced = false;  // One event for all of it.
    if (is_now) bill_now(world, subscription, order, made);
    subscription.is_announced = true;
    emit_changed(world, kSubscriptionType, subscription.id, "customer.subscription.updated",
                 before);
    follow_subscription(world, subscription);
    watch_subscription(world, subscription);
    return {};
}

void resume_subscription(World& world, Subscription& subscription, bool is_anchor_moved) {
    const std::int64_t now = now_of(world, subscription);
    if (is_anchor_moved) subscription.anchor = {now};
    const BillingPeriod whole = period_at(subscription.anchor, subscription.recurrence, now);
    subscription.period = {now, whole.end};
    Invoice draft = subscription_invoice(world, subscription, "subscription_update");
    add_period_lines(world, draft, subscription, items_of(world, subscription), whole);
    take_pending_items(world, draft);
    Invoice& invoice = add_invoice(world, std::move(draft));
    subscription.latest_invoice = invoice.id;
    finalize_invoice(world, invoice);
    if (invoice.status == InvoiceStatus::open) pay_invoice(world, invoice, {});
}

}  // namespace onsite::simulator
