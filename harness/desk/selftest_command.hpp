// `onsite selftest`: the grader's own proof.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/error.hpp"
#include "harness/cli/app.hpp"

namespace CLI {
class App;
}

namespace onsite {

struct SelftestOptions {
    std::string slug;  // Empty: every exercise.
    bool references = false;
    bool starters = false;
    bool mutants = false;
    bool hostile = false;  // None of the four: all of them.
    std::string only;      // Names that contain this.
    int seeds = 3;         // Grades of each reference.
    std::uint64_t seed = 1;
};
Result<int> run_selftest(App& app, const SelftestOptions& options);

// `run` is set to it when it was chosen. REQUIRES: options and run outlive the parsing and the
// command.
void add_selftest(CLI::App& cli, SelftestOptions& options, std::function<Result<int>(App&)>& run);

}  // namespace onsite
