// The life of a subscription: what calls, payments and time do to it.
//
// States and transitions: docs.stripe.com/billing/subscriptions/overview. A subscription does not
// know of calls; resources/subscriptions.cpp translates.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/billing/discounts.hpp"
#include "simulator/billing/subscription_lines.hpp"
#include "simulator/core/world.hpp"
#include "simulator/payments/charge_customer.hpp"

namespace onsite::simulator {

std::string_view to_string(SubscriptionStatus status);
bool has_ended(const Subscription& subscription);
// The method that its invoices charge; empty when there is none.
std::string method_of(const World& world, const Subscription& subscription);

enum class PaymentBehavior { allow_incomplete, default_incomplete, error_if_incomplete };

// ---- Start ----

struct StartOrder {
    Subscription subscription;  // Without id, status, period; a trial_end or an anchor may be set.
    Items items;
    std::vector<Charged> added = {};  // Billed once, with the first period.
    std::vector<DiscountOrder> discounts = {};
    PaymentBehavior payment_behavior = PaymentBehavior::allow_incomplete;
    Prorate prorate = Prorate::create;  // Of a first period that ends at a chosen anchor.
    bool ends_with_period = false;      // It is canceled when its first period ends.
};
// The first invoice of such an order, not stored. Its discounts are those that would be redeemed.
Invoice first_invoice(const World& world, StartOrder order);
// Makes it with its first invoice, which is finalised and paid at once. Returns its id.
// Errors: 400 when it has to be paid now and the customer has nothing to pay with; 402 of
// error_if_incomplete. Then nothing was made.
std::expected<std::string, ApiError> start_subscription(World& world, StartOrder order);

// Charges what is due on a draft that is not stored; nothing when no card is needed for it.
std::expected<std::optional<ChargeResult>, ApiError> charge_before(World& world,
                                                                   const Invoice& draft,
                                                                   const std::string& method);

// ---- Change ----

struct ChangeOrder {
    Subscription after;  // The subscription with its new settings.
    Items items;         // With the new prices and quantities; a new item has no id.
    Prorate prorate = Prorate::create;
    PaymentBehavior payment_behavior = PaymentBehavior::allow_incomplete;
    std::int64_t moment = 0;     // Of the proration.
    bool starts_period = false;  // A new period begins now: billed at once, and the anchor moves.
};
// What would be billed at once; nothing when the change waits for the next invoice.
std::optional<Invoice> invoice_of_change(const World& world, const Subscription& before,
                                         const ChangeOrder& order);
// The credits and debits of it.
std::vector<Charged> prorations_of(const World& world, const Subscription& before,
                                   const ChangeOrder& order);
// Errors: 402 of error_if_incomplete; then nothing was changed.
std::expected<void, ApiError> change_subscription(World& world, Subscription& subscription,
                                                  ChangeOrder order);

struct CancelOrder {
    std::string reason = "cancellation_requested";
    std::string comment = {};
    std::string feedback = {};
    bool is_invoiced_now = false;
    bool is_prorated = false;
};
// REQUIRES: !has_ended().
void cancel_subscription(World& world, Subscription& subscription, const CancelOrder& order);

// Of a customer that is deleted, or whose clock is.
void cancel_all_of(World& world, std::string_view customer);

// Ends a pause after a trial: bills, and is active once that is paid. REQUIRES: paused.
void resume_subscription(World& world, Subscription& subscription, bool is_anchor_moved);

// ---- What its invoices tell ----

enum class Attempts { left, exhausted };
void after_payment_failed(World& world, Invoice& invoice, Attempts attempts);
// Paid, void or uncollectible.
void after_invoice_closed(World& world, const Invoice& invoice);

// ---- What pays for it ----

// Makes its pending_setup_intent, when its first invoice needed no payment and nothing that it has
// works off session (docs.stripe.com/billing/subscriptions/deferred-payment).
void ask_for_method(World& world, Subscription& subscription);
// It is no longer pending; save_default_payment_method decides whether its card is the default now.
void setup_succeeded(World& world, const SetupIntent& intent);
// The card of a payment as the default, if save_default_payment_method says so. Tells no event.
void save_method_of(const World& world, const Invoice& invoice, Subscription& subscription);

// ---- Time ----

// Schedules what comes next: reminders, renewals, ends. As watch_invoice(), once too often is
// harmless.
void watch_subscription(World& world, const Subscription& subscription);
// The invoice of the next renewal with what waits for it, not stored.
Invoice renewal_invoice(const World& world, const Subscription& subscription);
BillingPeriod renewal_invoice_period(const Subscription& subscription);

}  // namespace onsite::simulator
