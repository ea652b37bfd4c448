// Setup intents. Source: docs.stripe.com/api/setup_intents.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kSetupIntentType;
std::span<const Route> setup_intent_routes();

}  // namespace onsite::simulator
