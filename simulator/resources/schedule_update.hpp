// POST /v1/subscription_schedules/{id}: other phases, of which the running one stays.
#pragma once

#include <expected>
#include <string_view>

#include "simulator/core/call.hpp"
#include "simulator/objects/subscription_schedule.hpp"

namespace onsite::simulator {

void read_end_behavior(ParamReader& params, EndBehavior& behavior);
// Errors: 400 when it is over or released. `action`: "cancel", what cannot be done then.
std::expected<void, ApiError> check_going_on(const SubscriptionSchedule& schedule,
                                             std::string_view action);
// Reads the call and does what it says. Errors: 400, and then nothing was done.
std::expected<void, ApiError> update_phases(Call& call, SubscriptionSchedule& schedule);

}  // namespace onsite::simulator
