// Source: docs.stripe.com/api/discounts.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kDiscountType;
// DELETE of the discount of a customer and of a subscription.
std::span<const Route> discount_routes();

}  // namespace onsite::simulator
