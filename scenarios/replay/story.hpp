// A replay as people and as programs read it.
#pragma once

#include <string>

#include "scenarios/replay/replay.hpp"

namespace onsite::scenarios {

// The story first, then each broken promise with the lines around it, last the command that plays
// it again. Texts of the scenario are made harmless for a terminal. `name` is what the user called
// the scenario: an id or a file.
std::string story_of(const Replay& replay, std::string_view name);

// Whether the hash of what was sent is shown: two requests with one key are compared by it.
enum class Hashes { hidden, shown };

// The lines of a run that are about the same order, and the bad one among them.
std::string lines_around(const RunRecord& run, const Violation& broken,
                         Hashes hashes = Hashes::hidden);

// One JSON object on one line: docs/guides/replay.md describes it.
std::string result_of(const Replay& replay);

}  // namespace onsite::scenarios
