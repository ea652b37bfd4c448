// Test cases as data: the visible cases, a candidate's tests, and the counterexamples that checks
// find, all in the form that wire.schema.json calls `tests`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/question.hpp"

namespace onsite::reconciliation {

struct TestCase {
    std::string name;
    int followup = 0;  // The case holds from this follow-up on.
    Question question;
    Findings expected;
};

inline constexpr std::size_t kCasesMax = 1'000;

// The cases of a file. `what` names it in errors.
// Errors: usage, naming the case and what is wrong with it.
Result<std::vector<TestCase>> parse_cases(std::string_view text, std::string_view what);

// One case by itself.
Result<TestCase> parse_case(const nlohmann::json& value, const std::string& where);

// A question and its right answer as a case; empty when it is too large to be kept.
std::string case_text(const Question& question, const Findings& truth);

}  // namespace onsite::reconciliation
