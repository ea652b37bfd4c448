// The life of a checkout session: what its page does with the buyer's card.
// Source: docs.stripe.com/payments/checkout/how-checkout-works.
//
// A session makes what it is for (a payment intent, a setup intent, a subscription) at the first
// attempt to pay, by the same steps as calls of the API; further attempts go on with it.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

#include "simulator/billing/discounts.hpp"
#include "simulator/core/world.hpp"
#include "simulator/payments/method_choice.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at
inline constexpr std::int64_t kCheckoutSeconds = 24 * 3'600;
inline constexpr std::int64_t kCheckoutSecondsMin = 30 * 60;

std::string_view to_string(CheckoutMode mode);
std::string_view to_string(CheckoutStatus status);

// The discount of a session, as an order; none when it has none.
std::vector<DiscountOrder> discounts_of(const CheckoutSession& session);
// Where the buyer pays, under /_onsite: Stripe's own paths stay Stripe's.
std::string checkout_url(const World& world, const CheckoutSession& session);
// Where the buyer goes after paying.
std::string success_url_of(const CheckoutSession& session);

// Keeps the session under a new id; it expires by itself.
CheckoutSession& add_checkout(World& world, CheckoutSession session);

enum class CheckoutStep { completed, needs_authentication };

// One attempt. With needs_authentication the buyer has to go to the page of 3-D Secure of
// awaited_intent(), and finish_checkout() follows. Errors: 402 when the bank declines; the session
// stays open. REQUIRES: the session is open and `choice` is something, unless nothing is to be
// paid.
std::expected<CheckoutStep, ApiError> pay_checkout(World& world, CheckoutSession& session,
                                                   MethodChoice choice);
// The intent that asks for authentication: "pi_" or "seti_".
std::string awaited_intent(const World& world, const CheckoutSession& session);
// Completes the open session that waited for this intent, if there is one and the intent succeeded.
void finish_checkout(World& world, std::string_view intent);

// Ends it unpaid, with checkout.session.expired. REQUIRES: it is open.
void expire_checkout(World& world, CheckoutSession& session);

}  // namespace onsite::simulator
