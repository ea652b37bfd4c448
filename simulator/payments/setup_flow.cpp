#include "simulator/payments/setup_flow.hpp"

#include <fmt/format.h>

#include "simulator/billing/customer_time.hpp"
#include "simulator/billing/subscribing.hpp"
#include "simulator/payments/decline.hpp"
#include "simulator/payments/network.hpp"
#include "simulator/resources/payment_methods.hpp"
#include "simulator/resources/setup_intents.hpp"

namespace onsite::simulator {
namespace {

Body tell(World& world, std::string_view type, const SetupIntent& intent) {
    Body body = rendered(world, kSetupIntentType, intent.id);
    world.emit(type, body);
    return body;
}

// The attempt ends, and the intent waits for another payment method.
Body fail(World& world, SetupIntent& intent, IntentError error) {
    intent.last_error = std::move(error);
    intent.status = IntentStatus::requires_payment_method;
    intent.payment_method.clear();
    intent.attempt.is_authenticated = false;
    return tell(world, "setup_intent.setup_failed", intent);
}

Step decline(World& world, SetupIntent& intent, std::string_view decline_code) {
    const Decline decline = decline_of(decline_code);
    const Body body = fail(world, intent,
                           {.type = "card_error",
                            .code = decline.code,
                            .decline_code = decline.decline_code,
                            .message = decline.message,
                            .payment_method = intent.payment_method});
    ApiError error = card_error(decline);
    error.payment_method = *rendered(world, kPaymentMethodType, intent.last_error->payment_method);
    error.setup_intent = *body;
    return std::unexpected(std::move(error));
}

}  // namespace

ApiError unexpected_state(const World& world, const SetupIntent& intent, std::string message) {
    ApiError error = wrong_state("setup_intent_unexpected_state", std::move(message));
    error.setup_intent = *rendered(world, kSetupIntentType, intent.id);
    return error;
}

MadeSetup add_setup_intent(World& world, SetupIntent intent) {
    intent.id = world.ids.next("seti_");
    intent.created = timeline_of(world, intent.customer).now_s();
    intent.client_secret = intent.id + "_secret_" + world.ids.letters("client_secret", 30);
    SetupIntent& added = world.tables.setup_intents.add(std::move(intent));
    return {added, tell(world, "setup_intent.created", added)};
}

std::expected<void, ApiError> check_confirm(const World& world, const SetupIntent& intent,
                                            const MethodChoice& choice) {
    if (intent.status == IntentStatus::succeeded || intent.status == IntentStatus::canceled) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("You cannot confirm this SetupIntent because it has a status of {}.",
                        to_string(intent.status))));
    }
    const PaymentMethod* method = choice.get();
    if (method == nullptr) method = world.tables.payment_methods.find(intent.payment_method);
    if (method != nullptr) return check_owner(*method, intent.customer);
    return std::unexpected(unexpected_state(
        world, intent,
        "You cannot confirm this SetupIntent because it's missing a payment method. Update the "
        "SetupIntent with a payment method and then confirm it again."));
}

Step confirm_setup(World& world, SetupIntent& intent) {
    PaymentMethod& method = *world.tables.payment_methods.find(intent.payment_method);
    const NetworkAnswer answer =
        ask_network(world, method,
                    {.is_authenticated = intent.attempt.is_authenticated,
                     .asks_authentication = intent.options.asks_authentication,
                     .is_setup = true});
    if (answer.reply == NetworkReply::declined) return decline(world, intent, answer.decline_code);
    if (answer.reply == NetworkReply::needs_authentication) {
        intent.status = IntentStatus::requires_action;
        return tell(world, "setup_intent.requires_action", intent);
    }
    if (!intent.customer.empty()) attach(world, method, intent.customer);
    method.is_set_up = intent.usage == "off_session";
    intent.status = IntentStatus::succeeded;
    intent.last_error.reset();
    Body body = tell(world, "setup_intent.succeeded", intent);
    if (!intent.customer.empty()) setup_succeeded(world, intent);
    return body;
}

Step finish_action(World& world, SetupIntent& intent, bool succeeds) {
    if (intent.status != IntentStatus::requires_action) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("This SetupIntent does not wait for an action: it has a status of {}.",
                        to_string(intent.status))));
    }
    if (!succeeds) {
        return fail(world, intent,
                    {.type = "invalid_request_error",
                     .code = "setup_intent_authentication_failure",
                     .message = "The latest attempt to set up the payment method has failed "
                                "because authentication failed.",
                     .payment_method = intent.payment_method});
    }
    intent.attempt.is_authenticated = true;
    // Rows are kept up to a limit: the payment method may be gone.
    if (auto good = check_confirm(world, intent, MethodChoice()); !good) {
        return std::unexpected(good.error());
    }
    return confirm_setup(world, intent);
}

Step cancel_setup(World& world, SetupIntent& intent, std::string_view reason) {
    if (intent.status == IntentStatus::succeeded || intent.status == IntentStatus::canceled) {
        return std::unexpected(unexpected_state(
            world, intent,
            fmt::format("You cannot cancel this SetupIntent because it has a status of {}. Only a "
                        "SetupIntent with one of the following statuses may be canceled: "
                        "requires_payment_method, requires_confirmation, requires_action.",
                        to_string(intent.status))));
    }
    intent.status = IntentStatus::canceled;
    intent.cancellation_reason = reason;
    return tell(world, "setup_intent.canceled", intent);
}

}  // namespace onsite::simulator
