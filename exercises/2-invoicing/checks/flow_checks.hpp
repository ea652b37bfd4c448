// What flows.md says happens, step by step. A step begins with one word in backticks that says
// where it happens; what is judged is the order of those words.
#pragma once

#include <string>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

// Every flow of the brief is there, in steps that say where they happen.
Result<Verdict> flows_are_complete(const Context& context, const std::string& check);
// What cannot be rolled back happens between two transactions: one that says it will, one that says
// it did. A webhook is verified before it is stored, and acknowledged after.
Result<Verdict> effects_follow_a_commit(const Context& context, const std::string& check);

}  // namespace onsite::invoicing
