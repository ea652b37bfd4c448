// Money back to the card. Source: docs.stripe.com/refunds.
#pragma once

#include <cstdint>
#include <expected>

#include "simulator/core/world.hpp"
#include "simulator/objects/charge.hpp"
#include "simulator/objects/refund.hpp"
#include "simulator/wire/api_error.hpp"

namespace onsite::simulator {

// When the bank says how a refund ended that did not end at once.
inline constexpr std::int64_t kRefundEndsUs = 60 * kSecond;

// What a refund of `amount` (0: all that is left) returns.
// Errors: 400, when nothing is left, it is more than is left, or the charge cannot be refunded: the
// bank took the money of a dispute already; an inquiry took none.
std::expected<std::int64_t, ApiError> check_refund(const World& world, const Charge& charge,
                                                   std::int64_t amount);

// Returns refund.amount of the charge and tells so; an authorization that was not captured is
// released instead. When nothing is left an inquiry about it is closed. The refund of a card that
// is made for that ends after kRefundEndsUs; one that fails brings the money back. REQUIRES:
// check_refund(); refund.id is empty.
Refund& refund_charge(World& world, Charge& charge, Refund refund);

}  // namespace onsite::simulator
