// Source: docs.stripe.com/api/tax_rates.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kTaxRateType;
std::span<const Route> tax_rate_routes();

}  // namespace onsite::simulator
