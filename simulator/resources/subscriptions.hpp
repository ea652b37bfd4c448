// Source: docs.stripe.com/api/subscriptions.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kSubscriptionType;
std::span<const Route> subscription_routes();

}  // namespace onsite::simulator
