// Source: docs.stripe.com/api/subscriptions.
#pragma once

#include <span>

#include "simulator/billing/subscribing.hpp"
#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kSubscriptionType;
std::span<const Route> subscription_routes();
std::span<const Route> subscription_list_routes();

// Whether that subscription can begin now, once its currency and recurrence are known.
// Errors: 400: of the anchor, the currency, a coupon; a fourth one of a test clock's customer.
std::expected<void, ApiError> check_start(const World& world, const StartOrder& order);

}  // namespace onsite::simulator
