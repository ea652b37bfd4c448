// The grader's own proof: right answers score full marks, wrong ones lose exactly what they should,
// hostile ones are contained. It runs the same grading as `onsite grade`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/grading/grader.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

// One thing that must hold, and whether it did.
struct Proof {
    std::string group;  // "references", "starters", "mutants", "hostile"
    std::string name;   // "trims_ids"
    bool holds = false;
    std::string found;  // "lost identity", or what was expected and what was found instead.
};

struct SelftestWork {
    const Exercise& exercise;
    const Places& places;
    const Cancel& cancel;
    Clock& clock;
    std::string only;  // Names that contain this.
    std::function<void(const Proof&)> on_proof;
};

// Each runs its group and calls on_proof once for each member.
// Errors: tool, usage: the proof could not be carried out, which is not a proof.
Result<void> prove_references(const SelftestWork& work, std::uint64_t first_seed, int seeds);
Result<void> prove_starters(const SelftestWork& work);
Result<void> prove_mutants(const SelftestWork& work);
Result<void> prove_hostile(const SelftestWork& work);

// ---- Shared by the groups
// ------------------------------------------------------------------------

// Of a proof that is about something else. Rows per feed whose growth is measured: it is as it
// should be.
inline constexpr std::uint64_t kFewRows = 3'000;
// Rows of 8 KB per feed that meet little memory: more than a MiB, which is enough for every defect
// but the hunger for memory.
inline constexpr std::uint64_t kSmallFeedRows = 160;

// Grades with every follow-up revealed. `is_cancelled` of the run means that there is no proof.
struct Graded {
    Grading grading;
    Scorecard card;
};
Result<Graded> grade_for_proof(const SelftestWork& work, GradeRequest request);

// Trying tests.json on every mutant takes most of the time of a grade and depends on nothing but
// that file, so it is proven once for each file, not in every grade of the proof.
enum class OwnTests { tried, skipped };

// The criteria that checks decide and that are not at the highest level: "identity". Skipped: all
// but the one of the candidate's own tests.
std::vector<std::string> lost_criteria(const Scorecard& card, OwnTests own_tests);

bool is_wanted(const SelftestWork& work, const std::string& name);

}  // namespace onsite
