// A whole interview on the disk: the folder attempts/loop-<n> with its log, beside the attempts
// that are its sections.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/attempt/chain.hpp"
#include "harness/loop/loop_state.hpp"

namespace onsite {

struct Loop {
    std::filesystem::path folder;
    LoopState state;
    Chain chain;

    std::string name() const { return folder.filename().string(); }  // "loop-1"
};

// Makes attempts/loop-<n> with the next free n. `started` is its first event; its time is set here.
// Errors: tool, and then there is no new interview.
Result<Loop> create_loop(const std::filesystem::path& attempts_root, LoopEvent started,
                         Clock& clock);

// Errors: usage, when the folder has no such log or it was damaged; nothing is changed.
Result<Loop> open_loop(const std::filesystem::path& folder);

// The one with the highest number; nothing when there is none. Errors: as open_loop.
Result<std::optional<Loop>> latest_loop(const std::filesystem::path& attempts_root);

// Appends the event with the time of now and returns the interview as it is then.
// Errors: usage, when the event cannot follow the ones in the log; tool; the log is unchanged.
Result<Loop> record_in_loop(const Loop& loop, LoopEvent event, Clock& clock);

}  // namespace onsite
