// Disputes. Source: docs.stripe.com/api/disputes.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kDisputeType;
std::span<const Route> dispute_routes();

}  // namespace onsite::simulator
