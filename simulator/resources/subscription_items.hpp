// Source: docs.stripe.com/api/subscription_items.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kSubscriptionItemType;
std::span<const Route> subscription_item_routes();

}  // namespace onsite::simulator
