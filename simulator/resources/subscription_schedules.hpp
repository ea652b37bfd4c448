// Source: docs.stripe.com/api/subscription_schedules.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kSubscriptionScheduleType;
std::span<const Route> subscription_schedule_routes();

}  // namespace onsite::simulator
