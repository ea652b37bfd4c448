// Payment intents. Source: docs.stripe.com/api/payment_intents.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "simulator/core/call.hpp"
#include "simulator/objects/payment_intent.hpp"
#include "simulator/payments/method_choice.hpp"

namespace onsite::simulator {

extern const ResourceType kPaymentIntentType;
std::span<const Route> payment_intent_routes();

// ---- Rendering that setup intents share (intent_render.cpp) ----

void write_intent_error(JsonWriter& json, const View& view, std::string_view name,
                        const Shared<IntentError>& error);
// `status` decides whether there is a next action.
void write_next_action(JsonWriter& json, const View& view, std::string_view id, IntentStatus status,
                       const IntentAttempt& attempt);
void write_payment_methods_members(JsonWriter& json, const IntentOptions& options);

// ---- Parameters (intent_params.cpp) ----

// return_url and use_stripe_sdk.
void read_attempt(ParamReader& params, IntentAttempt& attempt);
// The same, off_session and error_on_requires_action.
void read_payment_attempt(ParamReader& params, IntentAttempt& attempt);
// `names` may only be sent with a confirmation. `kind`: "PaymentIntent".
void refuse_attempt(ParamReader& params, std::string_view kind,
                    std::initializer_list<std::string_view> names);
// payment_method_types, automatic_payment_methods and payment_method_options.
void read_options(ParamReader& params, IntentOptions& options);
// What create, update and confirm of payment intents have in common.
void read_payment_intent(ParamReader& params, PaymentIntent& intent);
// amount and currency. Errors: amount_too_small and amount_too_large.
void read_amount(ParamReader& params, PaymentIntent& intent);
// The secret of a client without a secret key, when it was sent. Errors: 400, when it is another.
void check_client_secret(ParamReader& params, std::string_view secret);

}  // namespace onsite::simulator
