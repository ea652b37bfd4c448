// Checkout sessions in their basic form. Source: docs.stripe.com/api/checkout/sessions.
#pragma once

#include <span>

#include "simulator/core/call.hpp"
#include "simulator/objects/checkout_session.hpp"

namespace onsite::simulator {

extern const ResourceType kCheckoutSessionType;
// Its line items: they are found by their session only.
extern const ResourceType kCheckoutLineType;
std::span<const Route> checkout_session_routes();

void write_checkout_line(JsonWriter& json, const View& view, const CheckoutSession& session,
                         const CheckoutLine& line);

// The parameters of POST /v1/checkout/sessions (checkout_params.cpp). What they describe and do not
// name, prices and products, is made when all of them are good.
// Errors: 400, and nothing was made.
std::expected<CheckoutSession, ApiError> read_checkout(Call& call);

}  // namespace onsite::simulator
