// Two checks of the criterion `production`; the third, fits_in_memory, is in memory.hpp.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

// Good feeds as a stream must get the subject's own answer about the same rows in memory.
Result<Verdict> feeds_agree_with_reconcile(const Context& context, const std::string& check);

// A saved run is answered by another process with the feeds gone; a run of other snapshots is not
// mistaken for it, also when the names of the two look alike once they are put together.
Result<Verdict> same_snapshots_are_not_processed_twice(const Context& context,
                                                       const std::string& check);

}  // namespace onsite::reconciliation
