// The log of an attempt on the disk, and the lock that keeps two commands from changing it at once.
// Used inside this room only.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/error.hpp"
#include "base/file_lock.hpp"
#include "harness/attempt/attempt_state.hpp"
#include "harness/attempt/chain.hpp"
#include "harness/attempt/event.hpp"

namespace onsite {

std::filesystem::path tool_folder(const std::filesystem::path& attempt);  // .onsite
// .onsite/sealed: files/, rubric.json and seal, the hash of the `sealed` line.
std::filesystem::path sealed_folder(const std::filesystem::path& attempt);
Result<FileLock> lock_attempt(const std::filesystem::path& attempt);

struct AttemptLog {
    AttemptState state;
    Chain chain;
};
using OnEvent = std::function<void(const Event& event, const std::string& line_hash)>;

// Folds the log. A last line without its newline was torn by a crash and is left out.
// Errors: usage, with the number of the bad line and what to do.
Result<AttemptLog> read_log(const std::filesystem::path& attempt, const OnEvent& on_event = {});

// Appends one event that next_state() accepted, first cuts off a torn line, and tells the witness.
// REQUIRES: the caller holds the lock, or nobody else knows the folder yet.
Result<Chain> append_event(const std::filesystem::path& attempt, const Event& event,
                           const Chain& after);

// The same of an event that was made a line by chained_line() already.
Result<Chain> append_line_of(const std::filesystem::path& attempt, const std::string& line,
                             const Chain& after);

}  // namespace onsite
