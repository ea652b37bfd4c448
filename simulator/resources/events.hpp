// Events. Source: docs.stripe.com/api/events.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kEventType;
std::span<const Route> event_routes();

}  // namespace onsite::simulator
