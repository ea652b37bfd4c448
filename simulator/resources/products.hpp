// Source: docs.stripe.com/api/products.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kProductType;
std::span<const Route> product_routes();

// A product that is described inside of another object (product_data); no id when none was sent.
Product read_product_data(ParamReader params);
// Gives it a moment, and an id when it has none, and adds it, with its event. Returns the id.
std::string add_product(World& world, Product product);

// What a new price is of: a product that is there, or one that is described with it.
struct ProductChoice {
    std::string id = {};
    Product described = {};
};
// `described_as`: the parameter that may describe one. Problems go to the reader.
ProductChoice read_product_choice(ParamReader& params, const World& world,
                                  std::string_view described_as);
// Makes the product that was described. Returns its id.
std::string keep_product(World& world, ProductChoice choice);

}  // namespace onsite::simulator
