// One run of a search: played and judged, as cheaply as that goes.
#pragma once

#include <vector>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {

// What replay() finds as well, without the second run and without a trace to keep.
std::vector<Violation> violations_of(const Scenario& scenario, const ShopKind& shop);

}  // namespace onsite::scenarios
