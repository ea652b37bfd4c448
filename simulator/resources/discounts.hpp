// Source: docs.stripe.com/api/discounts.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kDiscountType;

}  // namespace onsite::simulator
