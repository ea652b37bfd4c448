// The checks of the criteria `money` and `identity`. The same feeds are asked about twice, with
// plain values and with strange ones in their place; the answer must change in those values only.
// The places in sorted order stay the same, so that a defect that has to do with order shows in
// both answers and costs its own criterion.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

Result<Verdict> amounts_are_exact(const Context& context, const std::string& check);
Result<Verdict> ids_are_opaque(const Context& context, const std::string& check);

}  // namespace onsite::reconciliation
