// Looks for the smallest plan for which a property does not hold (RapidCheck does the work).
#pragma once

#include <cstdint>
#include <functional>

#include "exercises/1-reconciliation/checks/plan.hpp"

namespace onsite::reconciliation {

enum class Discrepancies { none, some };

struct Search {
    std::uint64_t seed = 0;
    int cases = 100;
    int rows_max = 100;
    Discrepancies discrepancies = Discrepancies::none;
};

// Calls `holds` with plans of growing size until it answers false or all cases held; after the
// first false with smaller plans only, so that the last plan it answered false for is the smallest
// that was found. The same search gives the same plans.
void search(const Search& options, const std::function<bool(const Plan&)>& holds);

}  // namespace onsite::reconciliation
