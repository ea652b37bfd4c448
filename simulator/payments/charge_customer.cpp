#include "simulator/payments/charge_customer.hpp"

#include "simulator/core/world.hpp"

namespace onsite::simulator {

ChargeResult open_charge(World& world, const ChargeOrder&) {
    ChargeResult result{.outcome = ChargeOutcome::requires_action};
    result.payment_intent = world.ids.next("pi_");
    result.client_secret = result.payment_intent + "_secret_" + world.ids.letters("secret", 24);
    return result;
}

ChargeResult charge_off_session(World& world, const ChargeOrder& order) {
    ChargeResult result{.payment_intent = order.payment_intent};
    if (result.payment_intent.empty()) result = open_charge(world, order);
    const std::string& method = order.payment_method;
    if (method.empty()) {
        result.outcome = ChargeOutcome::failed;
        result.error = wrong_state(
            "resource_missing",
            "This customer has no attached payment source or default payment method. Please "
            "consider adding a default payment method.");
    } else if (method.find("Declined") != method.npos || !world.forced_decline.empty()) {
        const bool is_lost = method.find("LostCard") != method.npos;
        result.outcome = ChargeOutcome::failed;
        result.error = {.status = 402,
                        .type = ErrorType::card_error,
                        .stage = Stage::execution,
                        .code = "card_declined",
                        .message = "Your card was declined.",
                        .decline_code = is_lost ? "lost_card" : "generic_decline"};
    } else if (method.find("authenticationRequired") != method.npos) {
        result.outcome = ChargeOutcome::requires_action;
        result.error = {.status = 402,
                        .type = ErrorType::card_error,
                        .stage = Stage::execution,
                        .code = "invoice_payment_intent_requires_action",
                        .message =
                            "Payment for this invoice requires additional user action "
                            "before it can be completed successfully."};
    } else {
        result.outcome = ChargeOutcome::paid;
        result.charge = world.ids.next("ch_");
    }
    return result;
}

void cancel_charge(World&, std::string_view) {}

}  // namespace onsite::simulator
