// Source: docs.stripe.com/api/test_clocks.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kTestClockType;
std::span<const Route> test_clock_routes();

}  // namespace onsite::simulator
