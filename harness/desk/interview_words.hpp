// The words of the command line for a whole interview and for what becomes of an attempt after it:
// loop, seal, rate, verify.
#pragma once

#include <functional>
#include <string>

#include "base/error.hpp"
#include "harness/desk/interview_commands.hpp"

namespace CLI {
class App;
}

namespace onsite {

struct InterviewWords {
    LoopOptions loop;
    GradeOptions grade;
    LoopReportOptions report;
    RateOptions rate;
    std::string sealed;
    VerifyOptions verify;
};

// `run` is set to the command that was chosen. REQUIRES: words and run outlive the parsing and the
// command.
void add_interview(CLI::App& cli, InterviewWords& words, std::function<Result<int>(App&)>& run);

}  // namespace onsite
