// From verdicts to points: a pure function, so that an old grade can be scored again.
//
// Points are earned by proof only. A criterion that a person judges, that is not revealed yet, or
// whose checks could not decide stays open, and an open criterion has no points.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/catalog/rubric.hpp"
#include "harness/isolation/limits.hpp"
#include "harness/scoring/ballot.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

// How the candidate rated their own work on a criterion that a person judges. Shown, and worth no
// points: only checks and other people give those.
struct SelfRating {
    std::string criterion;
    int level = 0;
    std::string anchor;  // "reconcile.cpp:14"
    std::string note;
    bool operator==(const SelfRating&) const = default;
};

// What a grade was taken of, and how: everything a report tells besides the verdicts.
struct GradeFacts {
    std::string exercise;  // slug
    std::string title;
    std::string attempt;  // "reconciliation-2"
    std::string language;
    std::string content_hash;  // SHA-256 of the answer that was judged.
    std::uint64_t seed = 0;
    std::string toolchain;    // "g++ 12.2.0 -O2"
    std::string checks_hash;  // SHA-256 of the checks that judged it; empty in old grades.
    IsolationReport isolation;
    std::int64_t started_at_ms = 0;
    std::int64_t graded_at_ms = 0;
    std::int64_t duration_ms = 0;  // How long the grading took.
    int minutes_allowed = 0;
    int followups_revealed = 0;
    int followups_total = 0;
    int hints_used = 0;
    bool is_solution_viewed = false;
    std::optional<std::int64_t> used_ms = {};  // By the attempt's clock; empty in old grades.
    std::vector<SelfRating> self_ratings = {};
    std::string replay;  // The command that repeats it: "onsite grade reconciliation --seed 42".

    std::int64_t minutes_used() const;
};

enum class OpenReason {
    person,        // A person has to judge it.
    not_revealed,  // Its follow-up was not revealed yet.
    inconclusive,  // A check could not decide.
    grader_fault,  // A check of ours failed or gave no verdict.
};
std::string_view to_string(OpenReason reason);

struct CriterionResult {
    Criterion criterion;
    std::optional<int> level;        // Empty: open.
    std::optional<OpenReason> open;  // Empty: level is there.
    std::string why;  // Open: one sentence. Else the behaviour of the level that was reached.
    int percent = 0;  // Mean of the verdicts; 0 when open.
    int points = 0;   // 0 when open.
    std::vector<Verdict> evidence;           // One for each check of the criterion, in its order.
    std::vector<PersonRating> ratings = {};  // What people gave it; they decide when there are any.
};

struct Scorecard {
    GradeFacts facts;
    int rubric_version = 1;
    std::vector<CriterionResult> criteria;
    std::vector<Verdict> other;  // Verdicts that speak for no criterion, by name: visible_cases.
    int earned = 0;
    int judged = 0;                     // What the criteria that are not open could have earned.
    int possible = kPointsPossible;     // Of all criteria.
    bool is_grade = false;              // false: it ran without isolation.
    std::string notice;                 // Why it is not a grade; else empty.
    std::vector<Gate> gates = {};       // Those that applied: earned is at most their lowest cap.
    int earned_before_gates = 0;        // The sum of the criteria's points.
    std::vector<Signal> signals = {};   // Whether to hire: only ever from a person.
    std::vector<TimedPart> parts = {};  // Where the time went; empty when it was not looked up.
};

// Depends on nothing but its arguments; the order of the verdicts does not matter.
//
// Level = the highest whose percent is at most the mean percent of the criterion's verdicts.
// Points = weight * (level - 1) / 3, rounded to nearest. When a check could not decide, the
// criterion is open, unless not even a pass of it would reach level 2. A check without a verdict,
// or with two, is a grader fault.
Scorecard score(const Rubric& rubric, std::span<const Verdict> verdicts, GradeFacts facts);

// The same scorecard with what reviewers said. A criterion that was rated has the lower median of
// its ratings, so that points are earned by what most of them saw, and its points; whatever the
// checks found stays beside it as evidence. Gates look at the levels that result.
// A rating of a criterion that the rubric does not have, or that is not revealed, changes nothing.
Scorecard with_ballots(const Rubric& rubric, Scorecard card, std::span<const Ballot> ballots);

}  // namespace onsite
