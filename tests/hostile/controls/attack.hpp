// An attack on one layer of isolation: a Python script that prints GOT IN when it succeeds.
//
// Every attack is run twice, with all layers and without the one it is aimed at. The first run
// shows that the box holds; the second one, that it is this layer that holds, and that the attack
// is real. All of them stop by themselves: 100 forks, 300 MB, 3 seconds, the loopback.
#pragma once

#include <string>

#include "harness/isolation/box.hpp"

namespace onsite {

// What a failing test shows of an ending.
inline void PrintTo(Ending ending, std::ostream* out) { *out << to_string(ending); }

inline BoxResult attack(const BoxSpec& spec) {
    SystemClock clock;
    auto result = run_in_box(spec, "", clock);
    EXPECT_TRUE(result) << result.error().message;
    return result ? *result : BoxResult{};
}

// Only the tests of time have a tight limit of it: on a busy machine Python alone takes seconds.
inline constexpr std::int64_t kAmpleMs = 60'000;

inline BoxSpec script(const std::string& text) {
    return {.command = {"/usr/bin/python3", "-S", "-c", text}, .limits = {.wall_ms = kAmpleMs}};
}

inline BoxSpec without(BoxSpec spec, Layer layer) {
    spec.layers = spec.layers.without(layer);
    return spec;
}

inline bool got_in(const BoxResult& result) {
    return result.output.find("GOT IN") != std::string::npos;
}

}  // namespace onsite
