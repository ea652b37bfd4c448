// The checks of this section, in the order in which they run. Each one gives advice on five
// stories or on "Why Stripe?", and quotes the line that it is about; what share of the answers
// needs no advice is its percent.
#pragma once

#include <string_view>
#include <vector>

#include "harness/judging/check_loop.hpp"

namespace onsite::values {

inline constexpr const char* kAnswersFile = "answers.md";

// What the checks judge, as text.
struct Submission {
    std::string_view answers;
    std::string_view model_answer;  // Empty: no copy of it can be found.
};

// Reads the submission once; the checks keep what they need of it.
// Errors: usage, when a text is larger than kMarkdownBytesMax.
Result<std::vector<Check>> all_checks(const Submission& submission);

}  // namespace onsite::values
