// What a checkout session sells: line_items of the call that makes one.
#pragma once

#include <expected>
#include <optional>
#include <vector>

#include "simulator/core/world.hpp"
#include "simulator/wire/api_error.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// What a line is sold for: a price that is there, or one that is made with the session.
struct LineParams {
    CheckoutLine line = {};
    std::optional<Price> price_data = {};
    std::optional<Product> product_data = {};
};

// Problems go to the reader.
std::vector<LineParams> read_checkout_lines(ParamReader& params);

// The lines of the session with their amounts, its total, and its currency when it has none yet.
// Errors: 400, of a price that is not there or does not go with the session or the other prices.
std::expected<void, ApiError> fill_lines(const World& world, CheckoutSession& session,
                                         const std::vector<LineParams>& sent);

// Makes the prices, and their products, that were described in the call.
void make_prices(World& world, CheckoutSession& session, std::vector<LineParams> sent);

}  // namespace onsite::simulator
