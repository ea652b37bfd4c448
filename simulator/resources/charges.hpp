// Charges. Source: docs.stripe.com/api/charges.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kChargeType;
std::span<const Route> charge_routes();

}  // namespace onsite::simulator
