#include "simulator/payments/payment_flow.hpp"

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/invoicing.hpp"
#include "simulator/payments/charging.hpp"
#include "simulator/payments/network.hpp"
#include "simulator/resources/charges.hpp"
#include "simulator/resources/payment_intents.hpp"
#include "simulator/resources/payment_methods.hpp"

namespace onsite::simulator {
namespace {

Body body_of(const World& world, const PaymentIntent& intent) {
    return rendered(world, kPaymentIntentType, intent.id);
}

Charge charge_of(const PaymentIntent& intent, const PaymentMethod& method) {
    return {.id = {},
            .amount = intent.amount,
            .currency = intent.currency,
            .customer = intent.customer,
            .payment_intent = intent.id,
            .payment_method = method.id,
            .card = method.card,
            .billing_details = method.billing_details,
            .is_authenticated = intent.attempt.is_authenticated,
            .texts = intent.texts,
            .shipping = intent.shipping,
            .metadata = intent.metadata};
}

// A payment method without a customer is good for one payment, unless it is kept for later ones.
void use_method(World& world, const PaymentIntent& intent, PaymentMethod& method) {
    if (!intent.options.setup_future_usage.empty() && !intent.customer.empty()) {
        attach(world, method, intent.customer);
        method.is_set_up = true;
    }
    method.is_used_up = method.customer.empty();
}

// The attempt ends without money. `charge` is empty when the bank was not asked for any.
ApiError end_attempt(World& world, PaymentIntent& intent, const PaymentMethod& method,
                     const Decline& decline, const std::string& charge) {
    intent.status = IntentStatus::requires_payment_method;
    intent.last_error = IntentError{.type = "card_error",
                                    .code = decline.code,
                                    .decline_code = decline.decline_code,
                                    .message = decline.message,
                                    .charge = charge,
                                    .payment_method = method.id};
    intent.payment_method.clear();
    intent.attempt.is_authenticated = false;
    const Body body = tell(world, "payment_intent.payment_failed", intent);
    ApiError error = card_error(decline);
    error.charge = charge;
    error.payment_intent = *body;
    return error;
}

Step decline(World& world, PaymentIntent& intent, const PaymentMethod& method,
             std::string_view decline_code) {
    const Decline decline = decline_of(decline_code);
    const Charge& charge = add_failed_charge(world, charge_of(intent, method), decline);
    intent.latest_charge = charge.id;
    ApiError error = end_attempt(world, intent, method, decline, charge.id);
    error.payment_method = *rendered(world, kPaymentMethodType, method.id);
    return std::unexpected(std::move(error));
}

Step hold(World& world, PaymentIntent& intent, const Charge& charge) {
    intent.status = IntentStatus::requires_capture;
    intent.amount_capturable = intent.amount;
    world.emit("charge.succeeded", snapshot_of(world, charge));
    expire_later(world, intent);
    return tell(world, "payment_intent.amount_capturable_updated", intent);
}

Step approve(World& world, PaymentIntent& intent, PaymentMethod& method) {
    use_method(world, intent, method);
    Charge& charge = add_charge(world, charge_of(intent, method));
    intent.latest_charge = charge.id;
    intent.last_error.reset();
    if (intent.capture_method == CaptureMethod::manual) return hold(world, intent, charge);
    const auto settlement = intent.capture_method == CaptureMethod::automatic
                                ? Settlement::at_once
                                : Settlement::afterwards;
    capture(world, charge, charge.amount, settlement);
    intent.status = IntentStatus::succeeded;
    intent.amount_received = intent.amount;
    world.emit("charge.succeeded", snapshot_of(world, charge));
    Body body = tell(world, "payment_intent.succeeded", intent);
    finish_capture(world, charge);
    if (!intent.invoice.empty()) invoice_payment_succeeded(world, intent.invoice);
    return body;
}

}  // namespace

Body tell(World& world, std::string_view type, const PaymentIntent& intent) {
    Body body = body_of(world, intent);
    world.emit(type, body);
    return body;
}

ApiError unexpected_state(const World& world, const PaymentIntent& intent, std::string message) {
    ApiError error = wrong_state("payment_intent_unexpected_state", std::move(message));
    error.payment_intent = *body_of(world, intent);
    return error;
}

MadeIntent add_payment_intent(World& world, PaymentIntent intent) {
    intent.id = world.ids.next("pi_");
    intent.created = timeline_of(world, intent.customer).now_s();
    intent.client_secret =
        fmt::format("{}_secret_{}", intent.id, world.ids.letters("client_secret", 25));
    PaymentIntent& added = world.tables.payment_intents.add(std::move(intent));
    return {added, tell(world, "payment_intent.created", added)};
}

std::expected<void, ApiError> check_confirm(const World& world, const PaymentIntent& intent,
                                            const MethodChoice& choice) {
    switch (intent.status) {
        case IntentStatus::succeeded:
        case IntentStatus::requires_capture:
            return std::unexpected(unexpected_state(
                world, intent,
                "You cannot confirm this PaymentIntent because it has already succeeded after "
                "being previously confirmed."));
        case IntentStatus::canceled:
        case IntentStatus::processing:
            return std::unexpected(unexpected_state(
                world, intent,
                fmt::format("You cannot confirm this PaymentIntent because it has a status of {}. "
                            "Only a PaymentIntent with one of the following statuses may be "
                            "confirmed: requires_confirmation, requires_action.",
                            to_string(intent.status))));
        case IntentStatus::requires_payment_method:
        case IntentStatus::requires_confirmation:
        case IntentStatus::requires_action:
            break;
    }
    const PaymentMethod* method = choice.get();
    if (method == nullptr) method = world.tables.payment_methods.find(intent.payment_method);
    if (method != nullptr) return check_owner(*method, intent.customer);
    return std::unexpected(unexpected_state(
        world, intent,
        "You cannot confirm this PaymentIntent because it's missing a payment method. You can "
        "either update the PaymentIntent with a payment method and then confirm it again, or "
        "confirm it again directly with a payment method or ConfirmationToken."));
}

Step confirm_payment(World& world, PaymentIntent& intent) {
    PaymentMethod& method = *world.tables.payment_methods.find(intent.payment_method);
    const NetworkAnswer answer =
        ask_network(world, method,
                    {.is_off_session = intent.attempt.is_off_session,
                     .is_authenticated = intent.attempt.is_authenticated,
                     .asks_authentication = intent.options.asks_authentication});
    switch (answer.reply) {
        case NetworkReply::approved:
            return approve(world, intent, method);
        case NetworkReply::declined:
            return decline(world, intent, method, answer.decline_code);
        case NetworkReply::needs_authentication:
            break;
    }
    if (intent.attempt.is_off_session) {
        return decline(world, intent, method, "authentication_required");
    }
    if (intent.attempt.fails_on_action) {
        return std::unexpected(
            end_attempt(world, intent, method, decline_of("authentication_not_handled"), ""));
    }
    intent.status = IntentStatus::requires_action;
    return tell(world, "payment_intent.requires_action", intent);
}

Step finish_action(World& world, PaymentIntent& intent, bool succeeds) {
    if (intent.status != IntentStatus::requires_action) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("This PaymentIntent does not wait for an action: it has a status of {}.",
                        to_string(intent.status))));
    }
    if (!succeeds) {
        intent.last_error =
            IntentError{.type = "invalid_request_error",
                        .code = "payment_intent_authentication_failure",
                        .message =
                            "The provided PaymentMethod has failed authentication. You can provide "
                            "payment_method_data or a new PaymentMethod to attempt to fulfill this "
                            "PaymentIntent again.",
                        .payment_method = intent.payment_method};
        intent.status = IntentStatus::requires_payment_method;
        intent.payment_method.clear();
        return tell(world, "payment_intent.payment_failed", intent);
    }
    intent.attempt.is_authenticated = true;
    if (intent.confirmation_method == ConfirmationMethod::manual) {
        intent.status = IntentStatus::requires_confirmation;
        return body_of(world, intent);
    }
    // Rows are kept up to a limit: the payment method may be gone.
    if (auto good = check_confirm(world, intent, MethodChoice()); !good) {
        return std::unexpected(good.error());
    }
    return confirm_payment(world, intent);
}

}  // namespace onsite::simulator
