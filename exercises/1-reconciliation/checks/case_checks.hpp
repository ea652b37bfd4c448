// The checks that rest on test cases: the visible ones, one that is replayed, and the candidate's.
#pragma once

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::reconciliation {

// The exercise's cases.json, as far as follow-ups are revealed; percent is the share that passed.
Result<Verdict> visible_cases(const Context& context, const std::string& check);

// The job's only_case: replays a counterexample.
Result<Verdict> replayed_case(const Context& context, const std::string& check);

// The candidate's tests.json: each test must hold on the reference, and together they should fail
// on every mutant. percent is the share of mutants on which one does.
Result<Verdict> own_tests_kill_mutants(const Context& context, const std::string& check);
inline constexpr int kKilledPercentEnough = 90;

}  // namespace onsite::reconciliation
