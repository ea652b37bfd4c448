// The life of a setup intent: a card is kept for later, with its owner's consent.
// Source: docs.stripe.com/payments/setupintents/lifecycle.
//
// Steps answer as those of payment intents do (payments/payment_flow.hpp).
#pragma once

#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/objects/setup_intent.hpp"
#include "simulator/payments/payment_flow.hpp"

namespace onsite::simulator {

// Keeps the intent under a new id and tells so.
struct MadeSetup {
    SetupIntent& intent;
    Body body;
};
MadeSetup add_setup_intent(World& world, SetupIntent intent);

// Errors: 400, with the intent.
std::expected<void, ApiError> check_confirm(const World& world, const SetupIntent& intent,
                                            const MethodChoice& choice);
// REQUIRES: check_confirm(), and intent.payment_method is set. Errors: 402, when the bank declines.
Step confirm_setup(World& world, SetupIntent& intent);
// Errors: those of confirm_setup(); 400 when it does not wait for an action.
Step finish_action(World& world, SetupIntent& intent, bool succeeds);
// Errors: 400, when it succeeded or is canceled.
Step cancel_setup(World& world, SetupIntent& intent, std::string_view reason);

// 400 setup_intent_unexpected_state, with the intent.
ApiError unexpected_state(const World& world, const SetupIntent& intent, std::string message);

}  // namespace onsite::simulator
