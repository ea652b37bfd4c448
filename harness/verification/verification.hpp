// Proves that the files, the clock, the rubric and the verdicts of an attempt belong together,
// without running anything: from the hashes that its log was given when each thing happened.
//
// Who can write the folder can write all of it anew, consistently. That shows only against
// something kept elsewhere: the log of the whole interview, or the seal that the candidate handed
// in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "harness/attempt/attempt.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/loop/loop_state.hpp"

namespace onsite {

enum class ProofKind {
    holds,
    note,    // Cannot be proven, for a reason that accuses nobody: an old log, a newer rubric.
    broken,  // Does not belong together.
};

struct ProofLine {
    ProofKind kind = ProofKind::holds;
    std::string about;     // "log", "clock", "seal", "rubric", "grade 2".
    std::string sentence;  // What was expected and found. Harmless to print.
};

struct VerifyRequest {
    const Attempt& attempt;
    const Exercise& exercise;
    const Language& language;
    std::string rubric;         // The text of the exercise's rubric.json as it is now.
    std::string expected_seal;  // The seal that was handed in; empty: none was given.
    // Of the whole interview that the attempt names: its section, or why there is none.
    std::optional<LoopSection> section;
    std::string missing_loop;
};

// Deterministic; the order is log, witness, clock, seal, rubric, grades.
std::vector<ProofLine> verify_records(const VerifyRequest& request);

bool all_hold(const std::vector<ProofLine>& proofs);  // None is broken.

}  // namespace onsite
