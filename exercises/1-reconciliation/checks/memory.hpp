// The third check of the criterion `production`: feeds that are far larger than the memory a
// subject is given.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

// The answer under the tight limit must be right, or else the subject's own answer with ample
// memory.
Result<Verdict> fits_in_memory(const Context& context, const std::string& check);

}  // namespace onsite::reconciliation
