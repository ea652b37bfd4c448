// The commands of a whole interview and of what becomes of an attempt after it. Each returns its
// exit status as the others do.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/cli/app.hpp"
#include "harness/cli/commands.hpp"

namespace onsite {

// Each step of an interview is one command; between them no process runs.
struct LoopOptions {
    bool is_strict = false;
    std::string language;
    std::optional<std::string> minutes_scale;  // Nothing: 1.
    bool is_new = false;

    bool chooses() const { return is_strict || !language.empty() || minutes_scale; }
};
Result<int> run_loop(App& app, const LoopOptions& options);  // Begins it, or shows where it stands.
Result<int> run_loop_next(App& app);
Result<int> run_loop_pause(App& app);
Result<int> run_loop_resume(App& app);
Result<int> run_loop_watch(App& app);
Result<int> run_loop_grade(App& app, const GradeOptions& options);  // Every section that is over.

struct LoopReportOptions {
    std::string which;  // "loop-1"; empty: the latest.
    ReportFormat format = ReportFormat::text;
};
Result<int> run_loop_report(App& app, const LoopReportOptions& options);

struct RateOptions {
    std::vector<std::string> words;  // [ATTEMPT] [CRITERION [LEVEL]]
    std::string anchor;
    std::string note;
};
Result<int> run_rate(App& app, const RateOptions& options);

Result<int> run_seal(App& app, const std::string& which);

struct VerifyOptions {
    std::string which;
    std::string seal;
    bool skips_rerun = false;
};
Result<int> run_verify(App& app, const VerifyOptions& options);  // Status 1: does not hold.

}  // namespace onsite
