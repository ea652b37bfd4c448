// Charges. Source: docs.stripe.com/api/charges.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kChargeType;
// The charge as it is now, for an event.
Snapshot snapshot_of(const World& world, const Charge& charge);
std::span<const Route> charge_routes();

}  // namespace onsite::simulator
