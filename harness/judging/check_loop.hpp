// The main loop of a check program (onsite-check-<slug>): which checks run, in which order, and
// what it says about each, one JSON line at a time (check_job.hpp shows the lines).
#pragma once

#include <functional>
#include <iosfwd>
#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "harness/isolation/limits.hpp"
#include "harness/judging/check_job.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

// Which runs a check belongs to.
enum class CheckScope {
    every_save,  // Quick enough for `onsite check`.
    grade,
};

struct Check {
    std::string name;
    int followup = 0;  // Runs from this follow-up on.
    CheckScope scope = CheckScope::grade;
    // Errors: tool, when the grader itself failed; becomes a verdict with the cause grader_fault.
    std::function<Result<Verdict>()> run;
};

// Runs the checks that the job asks for, in their order. Each line is flushed: whoever reads sees
// the progress, and what was said before a crash is known.
// A check whose follow-up is not revealed is not_run in a grade, and not mentioned at a save.
// `isolation` is asked at the end: the layers are known once something has run.
void run_checks(const CheckJob& job, std::span<const Check> checks,
                const std::function<IsolationReport()>& isolation, std::ostream& out);

// What a check program reports that reads documents: nothing that it could be isolated from ran.
IsolationReport nothing_was_run();

// Reads the job. Errors: usage, with the key that is wrong.
Result<CheckJob> read_check_job(std::istream& in);

// A check program from its beginning to its exit status: the job comes from stdin, `judge` writes
// events to `out`, which is stdout, and what went wrong is said on stderr by `program`.
using JudgeJob = std::function<Result<void>(const CheckJob& job, std::ostream& out)>;
int check_main(std::string_view program, const JudgeJob& judge);

}  // namespace onsite
