// Runs a section's check program (onsite-check-<slug>) and collects what it says.
//
// The program is ours, but it judges hostile code, so its death is expected: whatever it did not
// say is not a verdict.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/isolation/limits.hpp"
#include "harness/judging/check_job.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

// Says whether to give up. `descriptor`, when not -1, becomes readable when `is_wanted` is worth
// asking.
struct Cancel {
    int descriptor = -1;
    std::function<bool()> is_wanted = [] { return false; };
};

struct CheckRun {
    std::vector<Verdict> verdicts;
    IsolationReport isolation;
    bool is_cancelled = false;
};

// Calls `on_check` with the name of each check as it begins.
// Errors: tool, when the program is missing, dies, or ends without its last line: then no verdict
// counts.
Result<CheckRun> run_check_program(const std::filesystem::path& program, const CheckJob& job,
                                   const Cancel& cancel,
                                   const std::function<void(const std::string&)>& on_check);

}  // namespace onsite
