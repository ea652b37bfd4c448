// Source: docs.stripe.com/api/promotion_codes.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPromotionCodeType;
std::span<const Route> promotion_code_routes();

}  // namespace onsite::simulator
