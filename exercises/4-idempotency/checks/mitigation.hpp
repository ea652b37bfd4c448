// What a patch of the payment client is worth: the part "mitigate" of `onsite diagnose`.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "exercises/4-idempotency/checks/runs.hpp"
#include "harness/subject/subject.hpp"

namespace onsite::idempotency {

inline constexpr int kMitigationPoints = 25;
// Of a patch after which somebody is charged twice, which does more harm than the incident did, or
// that only hides the incident: a key is still sent with another body in it.
inline constexpr int kMitigationPointsOfHarm = 10;

struct MitigationQuestion {
    Subject subject = {};  // The patched client.
    // What happened; what the patch is for. REQUIRES: at least one.
    std::vector<scenarios::Scenario> incident = {};
    std::uint64_t seed = 1;  // Of the incidents that nobody has seen.
    std::size_t family_runs = 200;
    std::filesystem::path catalogue = {};  // scenarios/catalog; empty: its points are left out of
                                           // the question and lost.
    LayerSet layers = LayerSet::all();
};

// One reason for points, whether they were earned or not.
struct MitigationLine {
    std::string what = {};  // "no payment is charged twice"
    int points = 0;
    int points_max = 0;
    std::string why = {};       // What was seen: one sentence.
    std::string evidence = {};  // Lines of the trace; empty when nothing broke.
};

struct MitigationReport {
    int points = 0;  // 0 to kMitigationPoints.
    std::vector<MitigationLine> lines = {};
    std::string cap = {};  // Why it is less than the sum of the lines; empty: it is not.
};

// Plays the incident, its family and the catalogue with the patched client. A patch that does not
// end the incident earns nothing. One that only hides it loses the points of what it breaks, and
// those above kMitigationPointsOfHarm. `secrets` makes the ids of requests. Complexity: about 1 s,
// with the catalogue a few more. Errors: tool, when the box or the catalogue fails: never the
// candidate's fault.
Result<MitigationReport> judge_mitigation(const MitigationQuestion& question, Rng secrets,
                                          Clock& clock);

}  // namespace onsite::idempotency
