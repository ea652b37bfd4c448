// The older form of recurring prices, which old clients and subscription items still have: a plan
// is the price of the same id. Source: docs.stripe.com/api/plans.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPlanType;
std::span<const Route> plan_routes();

}  // namespace onsite::simulator
