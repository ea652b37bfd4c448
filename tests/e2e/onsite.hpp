// Types commands as a candidate does: the real program, the real exercises, attempts of its own.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/command.hpp"

namespace onsite::testing {

class Practice {
public:
    // Runs `onsite <words>`.
    CommandResult onsite(std::vector<std::string> words) const;
    Command command(std::vector<std::string> words) const;

    std::filesystem::path attempts() const { return home_.path() / "attempts"; }
    std::filesystem::path attempt(const std::string& name) const { return attempts() / name; }

    // Puts the reference in the place of the answer of this attempt.
    void solve(const std::string& attempt, const std::string& language) const;

private:
    TemporaryFolder home_;
};

// The repository and the folder of its programs, from the build.
std::filesystem::path root();
std::filesystem::path program(const std::string& name);

}  // namespace onsite::testing
