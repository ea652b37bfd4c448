// The checks of this section, in the order in which they run.
#pragma once

#include <vector>

#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/judging/check_loop.hpp"

namespace onsite::invoicing {

// REQUIRES: the context outlives the checks.
std::vector<Check> all_checks(const Context& context);

}  // namespace onsite::invoicing
