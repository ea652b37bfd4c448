// The log of an attempt on the disk, and the lock that keeps two commands from changing it at once.
// Used inside this room only.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "base/file_lock.hpp"
#include "harness/attempt/event.hpp"

namespace onsite {

std::filesystem::path tool_folder(const std::filesystem::path& attempt);  // .onsite
Result<FileLock> lock_attempt(const std::filesystem::path& attempt);

// Folds the log. A last line without its newline was torn by a crash and is left out.
// Errors: usage, with the number of the bad line and what to do.
Result<AttemptState> read_log(const std::filesystem::path& attempt);

// Appends one event that next_state() accepted, and first cuts off a torn line.
// REQUIRES: the caller holds the lock, or nobody else knows the folder yet.
Result<void> append_event(const std::filesystem::path& attempt, const Event& event);

}  // namespace onsite
