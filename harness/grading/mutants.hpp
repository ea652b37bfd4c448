// The wrong solutions that prove the grader: tests/mutants/<n>-<slug>/<name>/, each with one
// defect.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/subject/toolchain.hpp"

namespace onsite {

// What has to be measured before a defect shows. It takes many seconds, so a proof does it for
// those only that need it.
enum class MutantNeeds {
    nothing,
    many_cases,   // "many_cases": as many random cases as in a grade; it meets few of them.
    many_rows,    // "many_rows": how its time grows.
    large_feeds,  // "large_feeds": feeds that exceed its memory.
};

struct Mutant {
    std::string name;              // Its folder: "trims_ids".
    std::string defect;            // One sentence.
    std::string criterion;         // The one it must lose.
    int followup = 0;              // The defect shows from this follow-up on.
    bool is_seen_by_tests = true;  // False when no case that a candidate can write tells it apart.
    MutantNeeds needs = MutantNeeds::nothing;
    Language language;
    Source source;      // Its files laid over the solution's.
    std::string tests;  // Its own tests.json, or the solution's.
};

// Sorted by name; none when the exercise has no mutants.
// Errors: usage, naming the mutant.json that is wrong.
Result<std::vector<Mutant>> load_mutants(const std::filesystem::path& root,
                                         const Exercise& exercise);

}  // namespace onsite
