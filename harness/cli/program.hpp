// What every program of the harness does around its commands.
#pragma once

#include <functional>

#include "base/error.hpp"
#include "harness/cli/app.hpp"

namespace CLI {
class App;
}

namespace onsite {

inline constexpr const char* kWhichHelp =
    "a section (reconciliation), an attempt (reconciliation-2) or its folder; default: the latest";

using Run = std::function<Result<int>(App&)>;

// Of the program that runs; ONSITE_ATTEMPTS names another folder of attempts.
Places find_places();

// Reads the words, runs the command that they set `run` to, and turns what went wrong into one line
// and an exit status. Errors are values; an exception is a fault of the tool and is called that.
int run_program(int argc, char** argv, CLI::App& cli, const Run& run);

}  // namespace onsite
