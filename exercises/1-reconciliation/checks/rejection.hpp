// The checks of the criterion `rejected`: rows that cannot be used appear in feeds the subject has
// answered before; its answer must gain exactly their rejections, with the row numbers moved.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

Result<Verdict> rejects_malformed_rows(const Context& context, const std::string& check);
Result<Verdict> reports_duplicates(const Context& context, const std::string& check);

}  // namespace onsite::reconciliation
