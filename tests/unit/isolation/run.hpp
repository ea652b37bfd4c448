// Runs a script in a box: what most tests of this folder do.
#pragma once

#include <string>

#include "harness/isolation/box.hpp"

namespace onsite {

// What a failing test shows of an ending.
inline void PrintTo(Ending ending, std::ostream* out) { *out << to_string(ending); }

inline BoxSpec shell(const std::string& script) {
    return {.command = {"/bin/sh", "-c", script}, .environment = {"PATH=/usr/bin:/bin"}};
}

inline BoxSpec python(const std::string& script) {
    return {.command = {"/usr/bin/python3", "-S", "-c", script}};
}

inline BoxResult run(const BoxSpec& spec, const std::string& input = "") {
    SystemClock clock;
    auto result = run_in_box(spec, input, clock);
    EXPECT_TRUE(result) << result.error().message;
    return result ? *result : BoxResult{};
}

}  // namespace onsite
