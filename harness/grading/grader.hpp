// From an answer's files to verdicts: build it in a box, run the section's checks on it.
//
// Used by `check`, `grade` and `selftest` alike, so that what proves the grader is the grader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/catalog/exercise.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/grading/check_program.hpp"
#include "harness/judging/check_job.hpp"
#include "harness/subject/toolchain.hpp"

namespace onsite {

// Where the product lies on disk.
struct Places {
    std::filesystem::path root;      // The repository.
    std::filesystem::path build;     // build/<preset>: bin/, subjects/, programs/.
    std::filesystem::path attempts;  // attempts/
};

enum class Thoroughness {
    fast,  // Visible cases and a small sample, compiled without optimisation.
    full,  // Every check that is revealed.
};

struct GradeRequest {
    Source source;
    Language language;
    std::string tests;  // The candidate's tests.json.
    int followups = 0;
    std::uint64_t seed = 0;
    Thoroughness thoroughness = Thoroughness::full;
    std::string only;       // The name of one check.
    std::string only_case;  // One test case as JSON.
    std::uint64_t growth_rows_max = kGrowthRowsUsual;
    std::uint64_t memory_rows_max = kMemoryRowsUsual;
    int property_cases = kPropertyCasesUsual;
    bool tries_mutants = true;  // Run the candidate's tests on the mutants.
    // Tighter than the usual ones, for hostile submissions.
    std::optional<Limits> limits;
    std::uint64_t compile_cpu_seconds = kCompileCpuSeconds;
    LayerSet layers = LayerSet::all();
};

struct Grading {
    bool is_built = false;
    std::string diagnostics;   // The compiler's words.
    std::string content_hash;  // Of what was judged.
    std::string toolchain;     // "g++ 12.2.0 -O2"
    CheckRun run;
};

using Progress = std::function<void(const std::string& doing)>;

// A source that does not build fails every check of the rubric with the cause `compile`. Documents
// are not built: the checks read them.
// Errors: tool, never the candidate's fault; usage, when the exercise's own files are wrong.
Result<Grading> grade(const Exercise& exercise, const GradeRequest& request, const Places& places,
                      const Cancel& cancel, const Progress& progress, Clock& clock);

// Ends the memory of programs built long ago: the `kept` latest stay.
void prune_programs(const std::filesystem::path& programs, std::size_t kept);

}  // namespace onsite
