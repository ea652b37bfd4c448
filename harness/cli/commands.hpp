// The commands of onsite. Each returns its exit status: 0 done or graded, 1 below --require; an
// Error becomes 2 (usage) or 3 (the tool failed) in main.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "harness/cli/app.hpp"
#include "harness/judging/check_job.hpp"

namespace onsite {

inline constexpr int kExitDone = 0;
inline constexpr int kExitBelowRequired = 1;

// Where the candidate stands: the sections, the best score of each, the next step.
Result<int> run_status(App& app);

struct StartOptions {
    std::string slug;
    std::string language;  // Empty: the exercise's first one.
    bool is_strict = false;
    bool is_new = false;             // Another attempt, although one is open.
    std::int64_t started_at_ms = 0;  // When the user pressed Enter, for "first feedback in ... s".
};
Result<int> run_start(App& app, const StartOptions& options);

struct CheckOptions {
    std::string which;
    bool watches = false;
    std::string case_file;       // Runs this one test case.
    std::int64_t saves_max = 0;  // Ends after so many verdicts; 0: only at Ctrl-C. For tests.
};
Result<int> run_check(App& app, const CheckOptions& options);

struct GradeOptions {
    std::string which;
    ReportFormat format = ReportFormat::text;
    std::optional<std::uint64_t> seed;  // Empty: a new one.
    std::optional<int> require;         // Fewer points earned: exit status 1.
    std::string only;                   // One check: prints its verdict and records nothing.
    std::uint64_t growth_rows_max = kGrowthRowsUsual;
};
Result<int> run_grade(App& app, const GradeOptions& options);

Result<int> run_hint(App& app, const std::string& which);
Result<int> run_next(App& app, const std::string& which);

struct SolutionOptions {
    std::string which;
    bool shows_notes = false;
};
Result<int> run_solution(App& app, const SolutionOptions& options);

Result<int> run_doctor(App& app);

}  // namespace onsite
