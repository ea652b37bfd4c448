// Refunds. Source: docs.stripe.com/api/refunds.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kRefundType;
std::span<const Route> refund_routes();

}  // namespace onsite::simulator
