// Whether a second run of the checks said the same as the first one, byte for byte. Pure.
//
// Left out by design, because no two runs have the same: of a check that measures growth, the times
// and what follows from them (its message, story, outcome, cause and percent); of every check, what
// the subject wrote to stderr (addresses, process ids).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/verdict/verdict.hpp"
#include "harness/verification/verification.hpp"

namespace onsite {

// The part of a verdict that a second run has to repeat, as one line of JSON.
std::string reproducible_text(const Verdict& verdict);

// One sentence for each verdict that is not repeated, in the order of the stored ones.
std::vector<std::string> unlike_verdicts(std::span<const Verdict> stored,
                                         std::span<const Verdict> again);

// How many of the verdicts rest on measured times.
std::size_t count_measured(std::span<const Verdict> verdicts);

// Verdicts, and what gave them.
struct MadeVerdicts {
    std::span<const Verdict> verdicts;
    std::string toolchain;
    std::string checks_hash;  // Empty in old grades.
};

// Holds when the second run said the same. When it did not, something is broken only if the same
// checks judged what the same toolchain built: else it is a note, as neither run need be wrong.
ProofLine prove_rerun(const MadeVerdicts& stored, const MadeVerdicts& again, std::uint64_t seed);

}  // namespace onsite
