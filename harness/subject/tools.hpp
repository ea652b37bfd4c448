// The programs of the machine that make and run a subject.
#pragma once

#include <array>
#include <string_view>

#include "base/error.hpp"

namespace onsite {

struct Tool {
    std::string_view language;  // Empty: every language needs it.
    const char* path;
    const char* package;  // Of Debian 12.
    std::string_view what_for;
};

inline constexpr std::array kTools = {
    Tool{"cpp", "/usr/bin/g++", "g++", "answers in C++"},
    Tool{"cpp", "/usr/bin/mold", "mold", "linking them"},
    Tool{"typescript", "/usr/bin/node", "nodejs", "answers in TypeScript"},
    Tool{"typescript", "/usr/bin/esbuild", "esbuild", "answers in TypeScript"},
    Tool{"python", "/usr/bin/python3", "python3", "answers in Python"},
    Tool{"", "/usr/bin/bwrap", "bubblewrap", "isolation"}};

bool is_installed(const Tool& tool);

// Errors: tool, with the package to install, when a program that answers in this language need is
// missing. Isolation is not looked at: a box reports by itself what it lacks.
Result<void> expect_tools_of(std::string_view language);

}  // namespace onsite
