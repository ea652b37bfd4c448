// The life of a payment intent. Source: docs.stripe.com/payments/paymentintents/lifecycle.
//
// Each step answers with the intent as it is afterwards, the body that its last event had. Steps
// check states before they change anything.
#pragma once

#include <cstdint>
#include <expected>
#include <string_view>

#include "simulator/core/world.hpp"
#include "simulator/objects/payment_intent.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

using Step = std::expected<Body, ApiError>;

// docs.stripe.com/payments/place-a-hold-on-a-payment-method: an authorization online lasts 7 days.
inline constexpr std::int64_t kAuthorizationUs = 7 * kDay;

struct MadeIntent {
    PaymentIntent& intent;
    Body body;
};
// Keeps the intent under a new id and tells so.
MadeIntent add_payment_intent(World& world, PaymentIntent intent);

// Whether it can be confirmed now, with `choice` or with the payment method that it has.
// Errors: 400, with the intent.
std::expected<void, ApiError> check_confirm(const World& world, const PaymentIntent& intent,
                                            const MethodChoice& choice);
// Pays, asks for authentication, or is declined (402 with the intent, which is changed then).
// REQUIRES: check_confirm(), and intent.payment_method is set.
Step confirm_payment(World& world, PaymentIntent& intent);

// What the owner of the card did at the page of 3-D Secure. Errors: those of confirm_payment();
// 400 when it does not wait for them.
Step finish_action(World& world, PaymentIntent& intent, bool succeeds);

// `amount` 0 means all; `metadata` is what the intent has afterwards. Errors: 400, when there is
// nothing to capture or it is too much.
Step capture_payment(World& world, PaymentIntent& intent, std::int64_t amount, Metadata metadata);
// Raises what is authorized. Errors: 400; 402 when the bank declines, and nothing changes.
Step increment_payment(World& world, PaymentIntent& intent, std::int64_t amount);
// Errors: 400, when it succeeded or is canceled.
Step cancel_payment(World& world, PaymentIntent& intent, std::string_view reason);

// An authorization that nobody captures is canceled after kAuthorizationUs.
void expire_later(World& world, const PaymentIntent& intent);

// Tells the intent as it is now, and gives the body of that event.
Body tell(World& world, std::string_view type, const PaymentIntent& intent);
// 400 payment_intent_unexpected_state, with the intent.
ApiError unexpected_state(const World& world, const PaymentIntent& intent, std::string message);

}  // namespace onsite::simulator
