// The tables of failure-modes.md and design.md.
#pragma once

#include <string>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

// Each failure says what detects and what repairs it.
Result<Verdict> failures_are_detected_and_repaired(const Context& context,
                                                   const std::string& check);
// The failures are those that happen: scenarios of the catalogue, at least one of each family.
Result<Verdict> failures_match_the_catalogue(const Context& context, const std::string& check);
// Each decision says what was rejected, why, and what it costs to change one's mind.
Result<Verdict> decisions_name_what_was_rejected(const Context& context, const std::string& check);

}  // namespace onsite::invoicing
