// What the harness asks of a section's check program (onsite-check-<slug>), one JSON object on
// stdin; the program answers with JSON lines on stdout:
//
//     {"event":"check","name":"order_does_not_matter"}      a check begins: progress
//     {"event":"verdict","verdict":{...}}                   it ended
//     {"event":"end","verdicts":14,"isolation":{...}}       the last line; without it the run is
//     void
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "harness/subject/subject.hpp"
#include "harness/subject/toolchain.hpp"

namespace onsite {

// A wrong solution with one named defect, ready to run: the candidate's tests are tried on it.
struct MutantSubject {
    std::string name;
    int followups = 0;  // The defect can be seen from this follow-up on.
    Subject subject;
};

// The check that tries the candidate's tests on the mutants has this name in every section: the
// harness builds mutants only for it.
inline constexpr const char* kOwnTestsCheck = "own_tests_kill_mutants";

// How many rows a feed has at most, where feeds grow; a job may ask for more or fewer.
inline constexpr std::uint64_t kGrowthRowsUsual = 1'000'000;
inline constexpr std::uint64_t kGrowthRowsMax = 100'000'000;
// The same of a feed that exceeds the memory.
inline constexpr std::uint64_t kMemoryRowsUsual = 1'000'000;
// How many inputs each property is tried on.
inline constexpr int kPropertyCasesUsual = 100;

struct CheckJob {
    Subject subject;  // Without a command when the work is documents: then there is nothing to run.
    std::vector<SourceFile> documents;     // The candidate's; empty when the work is a program.
    std::vector<SourceFile> model_answer;  // Ours, under the same names.
    std::optional<Subject>
        reference;  // Same language; needed by growth and by the candidate's tests.
    std::vector<MutantSubject> mutants;
    std::string tests;          // The candidate's tests.json as text; empty when there are none.
    std::string visible_cases;  // The exercise's cases.json as text.
    std::uint64_t seed = 0;
    int followups = 0;      // How many follow-ups are revealed: switches their checks on.
    bool is_full = false;   // false: the visible cases and a small sample, for `onsite check`.
    std::string only;       // The name of the one check to run; empty for all.
    std::string only_case;  // One test case as JSON text: replays a counterexample.
    std::uint64_t growth_rows_max = kGrowthRowsUsual;
    std::uint64_t memory_rows_max = kMemoryRowsUsual;
    int property_cases = kPropertyCasesUsual;
    LayerSet layers = LayerSet::all();
};

nlohmann::json to_json(const CheckJob& job);
Result<CheckJob> check_job_from_json(const nlohmann::json& value);

}  // namespace onsite
