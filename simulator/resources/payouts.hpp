// Payouts. Source: docs.stripe.com/api/payouts.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPayoutType;
std::span<const Route> payout_routes();

}  // namespace onsite::simulator
