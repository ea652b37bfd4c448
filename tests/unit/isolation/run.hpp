// Runs a script in a box: what most tests of this folder do.
#pragma once

#include <string>

#include "harness/isolation/box.hpp"

namespace onsite {

// What a failing test shows of an ending.
inline void PrintTo(Ending ending, std::ostream* out) { *out << to_string(ending); }

// Only the tests of time have a tight limit of it: a busy machine may take seconds for a process.
inline constexpr std::int64_t kAmpleMs = 60'000;

inline BoxSpec shell(const std::string& script) {
    return {.command = {"/bin/sh", "-c", script},
            .environment = {"PATH=/usr/bin:/bin"},
            .limits = {.wall_ms = kAmpleMs}};
}

inline BoxSpec python(const std::string& script) {
    return {.command = {"/usr/bin/python3", "-S", "-c", script}, .limits = {.wall_ms = kAmpleMs}};
}

inline BoxResult run(const BoxSpec& spec, const std::string& input = "") {
    SystemClock clock;
    auto result = run_in_box(spec, input, clock);
    EXPECT_TRUE(result) << result.error().message;
    return result ? *result : BoxResult{};
}

}  // namespace onsite
