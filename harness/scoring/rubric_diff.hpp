// What a change of a rubric would do before it is done: which words and weights change, and who
// would move by how much. Old attempts are judged again from their stored verdicts; nothing runs.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/scoring/scorecard.hpp"

namespace onsite {

// One sentence for each difference, in the order of the old rubric, then what is new; empty when
// the two say the same.
std::vector<std::string> rubric_changes(const Rubric& old_rubric, const Rubric& new_rubric);

// A stored grade, and what people said about it.
struct StoredScore {
    GradeFacts facts;
    std::vector<Verdict> verdicts;
    std::vector<Ballot> ballots;  // Those that are not sealed.
};

struct Move {
    std::string attempt;
    int before = 0;  // Points earned of points judged.
    int before_judged = 0;
    int after = 0;
    int after_judged = 0;
    std::vector<std::string> why;  // "money: level 1 -> 2", "capped at 50".

    bool is_moved() const { return before != after || before_judged != after_judged; }
    bool operator==(const Move&) const = default;
};

// Depends on nothing but its arguments. A check that only one of the rubrics asks about and that
// has no stored verdict leaves its criterion open, as a fault of ours and not of the candidate.
Move move_of(const Rubric& old_rubric, const Rubric& new_rubric, const StoredScore& stored);

std::string moves_text(std::span<const Move> moves, bool shows_all);

}  // namespace onsite
