// Source: docs.stripe.com/api/prices.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kPriceType;
std::span<const Route> price_routes();

// In the order of Interval.
inline constexpr std::array<std::string_view, 4> kIntervals = {"day", "week", "month", "year"};
inline constexpr std::array<std::int64_t, 4> kIntervalCountsMax = {1095, 156, 36, 3};  // 3 years.
std::string_view to_string(Interval interval);

// Reads `name` or `name`_decimal, of which one has to be there. Problems go to the reader.
void read_unit_amount(ParamReader& params, std::string_view name, Price& price);
// A price that is described inside of another object (price_data): currency, product, recurring,
// unit_amount or unit_amount_decimal, tax_behavior. Problems go to the reader.
Price read_price_data(ParamReader params);
// Gives it an id and a moment and adds it, with its event. Returns the id.
std::string add_price(World& world, Price price);

}  // namespace onsite::simulator
