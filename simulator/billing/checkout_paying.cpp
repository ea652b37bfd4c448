// How a checkout session is paid.
#include <algorithm>
#include <utility>

#include "simulator/billing/calendar.hpp"
#include "simulator/billing/checkout.hpp"
#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"
#include "simulator/payments/payment_flow.hpp"
#include "simulator/payments/setup_flow.hpp"
#include "simulator/resources/checkout_sessions.hpp"
#include "simulator/resources/customers.hpp"
#include "simulator/resources/invoice_items.hpp"

namespace onsite::simulator {
namespace {

using Paid = std::expected<CheckoutStep, ApiError>;

void complete(World& world, CheckoutSession& session, std::string_view payment_status) {
    session.status = CheckoutStatus::complete;
    session.payment_status = payment_status;
    world.emit("checkout.session.completed", rendered(world, kCheckoutSessionType, session.id));
}

// Subscriptions belong to a customer, payments only when the session was asked to make one.
void make_customer(World& world, CheckoutSession& session) {
    if (!session.customer.empty() || !session.makes_customer) return;
    Customer customer{.id = world.ids.next("cus_"), .created = world.timeline.now_s()};
    customer.name = session.payer_name;
    customer.email = session.payer_email.empty() ? session.customer_email : session.payer_email;
    customer.invoice_prefix = world.ids.capitals("prefix", 8);
    session.customer = world.tables.customers.add(std::move(customer)).id;
    world.emit("customer.created", rendered(world, kCustomerType, session.customer));
}

// ---- A payment ----

PaymentIntent& payment_of(World& world, CheckoutSession& session) {
    PaymentIntent* made = world.tables.payment_intents.find(session.payment_intent);
    if (made != nullptr) return *made;
    const CheckoutOutcome& outcome = session.outcome;
    PaymentIntent intent{.id = {}, .amount = session.total, .currency = session.currency};
    if (outcome.is_captured_manually) intent.capture_method = CaptureMethod::manual;
    intent.options.setup_future_usage = outcome.setup_future_usage;
    intent.customer = session.customer;
    intent.texts = PaymentTexts{.description = outcome.description,
                                .receipt_email = outcome.receipt_email,
                                .statement_descriptor = outcome.statement_descriptor};
    intent.metadata = outcome.metadata;
    PaymentIntent& added = add_payment_intent(world, std::move(intent)).intent;
    session.payment_intent = added.id;
    return added;
}

void redeem_discounts(World& world, const CheckoutSession& session) {
    redeem(world, discounts_of(session),
           {.customer = session.customer,
            .currency = session.currency,
            .now_s = world.timeline.now_s()});
}

void complete_payment(World& world, CheckoutSession& session, const PaymentIntent& intent) {
    redeem_discounts(world, session);
    // What is only held is not paid yet.
    complete(world, session, intent.status == IntentStatus::succeeded ? "paid" : "unpaid");
}

// What payments and setups do alike: confirm the intent with the chosen method.
template <typename Intent, typename Confirm, typename Complete>
Paid confirm_with(World& world, const CheckoutSession& session, Intent& intent, MethodChoice choice,
                  const Confirm& confirm, const Complete& done) {
    if (auto good = check_confirm(world, intent, choice); !good) {
        return std::unexpected(std::move(good.error()));
    }
    intent.payment_method = choice.keep(world).id;
    intent.attempt = {.return_url = checkout_url(world, session)};
    Step step = confirm(world, intent);
    if (!step) return std::unexpected(std::move(step.error()));
    if (intent.status == IntentStatus::requires_action) return CheckoutStep::needs_authentication;
    done(intent);
    return CheckoutStep::completed;
}

Paid pay_once(World& world, CheckoutSession& session, MethodChoice choice) {
    make_customer(world, session);
    if (session.total == 0) {
        redeem_discounts(world, session);
        complete(world, session, "no_payment_required");
        return CheckoutStep::completed;
    }
    PaymentIntent& intent = payment_of(world, session);
    return confirm_with(world, session, intent, std::move(choice), confirm_payment,
                        [&](const PaymentIntent& paid) { complete_payment(world, session, paid); });
}

// ---- A setup ----

Paid set_up(World& world, CheckoutSession& session, MethodChoice choice) {
    make_customer(world, session);
    SetupIntent* intent = world.tables.setup_intents.find(session.setup_intent);
    if (intent == nullptr) {
        SetupIntent made{.id = {}};
        made.customer = session.customer;
        made.description = session.outcome.description;
        made.metadata = session.outcome.metadata;
        intent = &add_setup_intent(world, std::move(made)).intent;
        session.setup_intent = intent->id;
    }
    const auto confirm = [](World& in, SetupIntent& setup) { return confirm_setup(in, setup); };
    return confirm_with(
        world, session, *intent, std::move(choice), confirm,
        [&](const SetupIntent&) { complete(world, session, "no_payment_required"); });
}

// ---- A subscription ----

StartOrder start_order(const World& world, const CheckoutSession& session, std::string method) {
    StartOrder order;
    Subscription& subscription = order.subscription;
    subscription.customer = session.customer;
    subscription.currency = session.currency;
    subscription.default_payment_method = std::move(method);
    subscription.description = session.outcome.description;
    subscription.metadata = session.outcome.metadata;
    const Customer& customer = *world.tables.customers.find(session.customer);
    subscription.test_clock = customer.test_clock;
    if (session.outcome.trial_period_days > 0) {
        subscription.trial_end =
            timeline_of(world, customer).now_s() + session.outcome.trial_period_days * kDaySeconds;
    }
    for (const CheckoutLine& line : session.lines) {
        const Price* price = world.tables.prices.find(line.price);
        if (price == nullptr || price->recurring.count == 0) continue;
        subscription.recurrence = price->recurring;
        SubscriptionItem item;
        item.price = price->id;
        item.quantity = line.quantity;
        order.items.push_back(std::move(item));
    }
    order.discounts = discounts_of(session);
    return order;
}

// What is bought once is on the first invoice.
void add_one_time_lines(World& world, const CheckoutSession& session) {
    for (const CheckoutLine& line : session.lines) {
        const Price* price = world.tables.prices.find(line.price);
        if (price == nullptr || price->recurring.count > 0) continue;
        add_invoice_item(world, {.id = {},
                                 .customer = session.customer,
                                 .charged = {.amount = line.subtotal,
                                             .currency = session.currency,
                                             .description = line.description,
                                             .quantity = line.quantity,
                                             .unit_price = price->unit_price,
                                             .price = price->id,
                                             .product = price->product}});
    }
}

ApiError declined(const World& world, const Invoice* invoice) {
    const PaymentIntent* intent =
        invoice == nullptr ? nullptr : world.tables.payment_intents.find(invoice->payment_intent);
    ApiError error{.status = 402, .type = ErrorType::card_error, .stage = Stage::execution};
    error.code = "card_declined";
    error.message = intent != nullptr && intent->last_error ? intent->last_error->message
                                                            : "Your card was declined.";
    return error;
}

// What became of the subscription tells what became of the session.
Paid outcome_of(World& world, CheckoutSession& session) {
    const Subscription& subscription = *world.tables.subscriptions.find(session.subscription);
    session.invoice = subscription.latest_invoice;
    const Invoice* invoice = world.tables.invoices.find(session.invoice);
    if (subscription.status == SubscriptionStatus::active ||
        subscription.status == SubscriptionStatus::trialing) {
        const bool was_charged = invoice != nullptr && invoice->amount_paid > 0;
        complete(world, session, was_charged ? "paid" : "no_payment_required");
        return CheckoutStep::completed;
    }
    PaymentIntent* intent =
        invoice == nullptr ? nullptr : world.tables.payment_intents.find(invoice->payment_intent);
    if (intent == nullptr || intent->status != IntentStatus::requires_action) {
        return std::unexpected(declined(world, invoice));
    }
    intent->attempt.return_url = checkout_url(world, session);
    return CheckoutStep::needs_authentication;
}

Paid subscribe(World& world, CheckoutSession& session, MethodChoice choice) {
    if (auto good = check_attachable(world, *choice.get(), session.customer); !good) {
        return std::unexpected(std::move(good.error()));
    }
    make_customer(world, session);
    PaymentMethod& method = choice.keep(world);
    attach(world, method, session.customer);
    Subscription* made = world.tables.subscriptions.find(session.subscription);
    if (made == nullptr) {
        add_one_time_lines(world, session);
        auto id = start_subscription(world, start_order(world, session, method.id));
        if (!id) return std::unexpected(std::move(id.error()));
        session.subscription = *id;
        return outcome_of(world, session);
    }
    made->default_payment_method = method.id;
    Invoice* invoice = world.tables.invoices.find(session.invoice);
    if (invoice != nullptr && invoice->status == InvoiceStatus::open) {
        // That it failed is seen in the subscription.
        static_cast<void>(pay_invoice(world, *invoice, {.payment_method = method.id}));
    }
    return outcome_of(world, session);
}

}  // namespace

Paid pay_checkout(World& world, CheckoutSession& session, MethodChoice choice) {
    if (auto good = check_customer(world, session.customer); !good) {
        return std::unexpected(std::move(good.error()));
    }
    switch (session.mode) {
        case CheckoutMode::payment:
            return pay_once(world, session, std::move(choice));
        case CheckoutMode::setup:
            return set_up(world, session, std::move(choice));
        case CheckoutMode::subscription:
            break;
    }
    return subscribe(world, session, std::move(choice));
}

void finish_checkout(World& world, std::string_view id) {
    auto& sessions = world.tables.checkout_sessions.rows();
    const auto found = std::ranges::find_if(sessions, [&](const CheckoutSession& session) {
        return session.status == CheckoutStatus::open && awaited_intent(world, session) == id;
    });
    if (found == sessions.end()) return;
    if (found->mode == CheckoutMode::subscription) {
        static_cast<void>(outcome_of(world, *found));  // Declined: the page asks for another card.
        return;
    }
    const PaymentIntent* payment = world.tables.payment_intents.find(id);
    const SetupIntent* setup = world.tables.setup_intents.find(id);
    if (payment != nullptr && (payment->status == IntentStatus::succeeded ||
                               payment->status == IntentStatus::requires_capture)) {
        complete_payment(world, *found, *payment);
    } else if (setup != nullptr && setup->status == IntentStatus::succeeded) {
        complete(world, *found, "no_payment_required");
    }
}

}  // namespace onsite::simulator
