// How far a candidate is in one section: the fold over all their attempts of it. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/attempt/attempt.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

struct Standing {
    std::string slug;
    std::string section;
    int minutes = 0;
    int attempts = 0;
    std::optional<Score> best;
    std::optional<Score> latest;
    std::vector<int> trend;    // The last grade of each attempt that has one, in percent of judged.
    std::string best_attempt;  // The attempt that has it, and which of its grades it is.
    int best_grade = 0;
    std::string ungraded;  // The last attempt, when it has no grade; else empty.
    bool is_ungraded_sealed = false;
};

// `attempts` are those of any section, by the time they were started.
Standing standing_in(const Exercise& exercise, std::span<const Attempt> attempts);

// Earned of judged, in percent; 0 when nothing was judged.
int percent_of(const Score& score);

// "▁▄█": one block for each percent.
std::string sparkline(std::span<const int> percents);

// A stored grade under this rubric, judged again from its verdicts without running anything.
// Errors: usage, when the grade is not there or its files were damaged.
Result<Scorecard> score_again(const Attempt& attempt, int grade, const Rubric& rubric);

}  // namespace onsite
