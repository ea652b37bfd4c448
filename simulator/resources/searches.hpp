// GET /v1/<objects>/search, of the seven kinds of objects that Stripe searches.
// Source: docs.stripe.com/search.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

std::span<const Route> search_routes();

}  // namespace onsite::simulator
