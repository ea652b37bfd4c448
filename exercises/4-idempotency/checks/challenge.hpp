// Shoppers of made-up incidents whose bank asks who pays.
#pragma once

#include <string>

#include "scenarios/format/scenario.hpp"

namespace onsite::idempotency {

// Adds one to every fourth scenario or so, by its seed, with an order of that name. They prove who
// they are before the job is delivered again, or when it was, or fail to and take another card, or
// never come back. None where every webhook is lost: nothing else can tell that they proved it.
void add_challenge(scenarios::Scenario& scenario, const std::string& order);

}  // namespace onsite::idempotency
