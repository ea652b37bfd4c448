// What a verdict that is no pass tells a person, as lines of text. Used inside this room only.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/verdict/verdict.hpp"

namespace onsite {

// "FAIL", "OPEN" or "PASS".
std::string_view headline_word(const Verdict& verdict);

// True when a person wants to read why: not of checks that wait for their follow-up or for a
// person.
bool has_story(const Verdict& verdict);

// The counterexample with carets under what differs, the growth table and chart, what the subject
// last wrote. Bounded: a subject cannot flood a report. REQUIRES: a harmless verdict.
std::vector<std::string> story_lines(const Verdict& verdict);

// Verdicts for one reason (all checks of an answer that does not compile) tell one story: that of
// the first, when the others have none of their own.
struct Story {
    Verdict verdict;                  // The first.
    std::vector<std::string> checks;  // The names of all.
};
std::vector<Story> group_stories(std::span<const Verdict> verdicts);

}  // namespace onsite
