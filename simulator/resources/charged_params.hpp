// How calls say what an item or a line of an invoice is charged for.
#pragma once

#include "simulator/core/world.hpp"
#include "simulator/wire/param_reader.hpp"

namespace onsite::simulator {

// What an item and a line of an invoice are charged for: amount, or price and quantity;
// description, period, tax_rates, metadata. What is not sent stays. Problems go to the reader.
void read_charged(ParamReader& params, const World& world, Charged& charged);

}  // namespace onsite::simulator
