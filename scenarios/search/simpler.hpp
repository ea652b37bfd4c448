// Values that say less: what a small scenario should have unless its failure needs another.
#pragma once

#include <functional>
#include <vector>

#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// Changes one value of a scenario that has the same lists.
using Simplification = std::function<void(Scenario&)>;

// Delays and moments become 0, statuses 500, attempts 1, amounts 100, pauses, latencies and
// restarts the usual ones, e-mail addresses empty; a shopper whose bank asks who pays answers after
// a second, or is not asked. The customer, the deadline and the horizon are left: with others a
// promise may be broken for another reason. Each alone, so that those can be kept after which the
// failure is still the same. REQUIRES: applied to a scenario with as many faults, crashes and
// steps.
std::vector<Simplification> simplifications_of(const Scenario& scenario);

}  // namespace onsite::scenarios
