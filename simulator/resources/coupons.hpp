// Source: docs.stripe.com/api/coupons.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kCouponType;
std::span<const Route> coupon_routes();

// Ids of coupons have no prefix: fields that show one whole call this.
void write_coupon(JsonWriter& json, const World& world, const Coupon& coupon);

}  // namespace onsite::simulator
