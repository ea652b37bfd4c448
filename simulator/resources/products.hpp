// Source: docs.stripe.com/api/products.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kProductType;
std::span<const Route> product_routes();

// A product that is described inside of another object (product_data); no id when none was sent.
Product read_product_data(ParamReader params);
// Gives it a moment, and an id when it has none, and adds it, with its event. Returns the id.
std::string add_product(World& world, Product product);

}  // namespace onsite::simulator
