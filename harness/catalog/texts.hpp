// The texts of an exercise that a candidate reads: the brief, the follow-ups and the ladder of
// hints.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"

namespace onsite {

// followups/<n>-<name>.md: revealed one at a time, in the order of n.
struct FollowUp {
    int number = 0;
    std::string name;
    std::string text;
};

// A section of hints.md: "## Nudge", then its text.
struct Hint {
    int number = 0;
    std::string title;
    std::string text;
};

Result<std::string> load_brief(const Exercise& exercise);

// Numbered 1, 2, 3, ... without a gap; none when the exercise has no follow-ups.
// Errors: usage, naming the file that breaks the numbering.
Result<std::vector<FollowUp>> load_followups(const Exercise& exercise);

// None when the exercise has no hints.md. Errors: usage, when a section has no text.
Result<std::vector<Hint>> load_hints(const Exercise& exercise);

}  // namespace onsite
