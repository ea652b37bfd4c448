// Source: docs.stripe.com/api/prices.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPriceType;
std::span<const Route> price_routes();

std::string_view to_string(Interval interval);

// A price that is described inside of another object (price_data): currency, product, recurring,
// unit_amount or unit_amount_decimal, tax_behavior. Problems go to the reader.
Price read_price_data(ParamReader params);
// Gives it an id and a moment and adds it, with its event. Returns the id.
std::string add_price(World& world, Price price);

// The older form of a recurring price, which subscription items still have.
void write_plan(JsonWriter& json, const Price& price);

}  // namespace onsite::simulator
