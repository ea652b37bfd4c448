// What a reviewer sees in a terminal: one criterion with its levels and evidence, the inputs on
// which an answer and the reference disagree, and the scores of several reviewers side by side.
// Whatever a candidate wrote is escaped.
#pragma once

#include <span>
#include <string>

#include "harness/report/report.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

// Where in the rubric the reviewer is.
struct ReviewPlace {
    int position = 1;  // 1 to count.
    int count = 1;
    const PersonRating* mine = nullptr;  // What this reviewer said so far; may be null.
};

// Title, the four levels with the checks' and the reviewer's own marked, the verdicts in a line
// each. Ends with a newline.
std::string render_criterion(const CriterionResult& result, const ReviewPlace& place,
                             const TextStyle& style);

// The story of every verdict that is no pass, with its smallest case as JSON: what to feed to the
// answer and to the reference to see them disagree. Says so when there is none.
std::string render_disagreements(std::span<const Verdict> verdicts, const TextStyle& style);

// A table: a row for each criterion, a column for each reviewer, and the difference marked.
std::string render_side_by_side(const Scorecard& reviewed, std::span<const Ballot> ballots,
                                const TextStyle& style);

}  // namespace onsite
