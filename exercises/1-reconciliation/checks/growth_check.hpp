// The check of the criterion `growth`: the subject's time from 300 to a million rows per feed,
// taken from outside and beside the reference's in the same minutes.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

Result<Verdict> grows_linearly(const Context& context, const std::string& check);

}  // namespace onsite::reconciliation
