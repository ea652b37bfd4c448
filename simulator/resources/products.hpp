// Source: docs.stripe.com/api/products.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kProductType;
std::span<const Route> product_routes();

}  // namespace onsite::simulator
