// The check of the criterion `discrepancies`.
//
// First the feeds have no discrepancies. Then pairs that the subject was silent about get another
// amount or currency in one feed; its answer must gain exactly those discrepancies.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

Result<Verdict> names_what_differs(const Context& context, const std::string& check);

}  // namespace onsite::reconciliation
