// Whole files in, whole files out: a reader never sees half of what a writer wrote.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite {

// The content of a regular file.
// Errors: usage when it is missing, is not a regular file or is larger than max_bytes; tool
// otherwise.
Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t max_bytes);

// What is in the folder itself, by name; a folder that is missing has nothing.
// Errors: tool, when it cannot be read.
Result<std::vector<std::filesystem::directory_entry>> entries_of(
    const std::filesystem::path& folder);

// Writes beside the file, flushes to disk and renames, so that the old content or the new one is
// there at any moment, also after a crash or on a full disk. Its mode becomes 0644, whatever the
// umask says and whatever it was: a box reads it as another user.
// Errors: usage, when a device, a pipe or a link to one is there; tool; the old content is
// unchanged.
Result<void> write_file(const std::filesystem::path& path, std::string_view content);

// Calls fill(folder) with a hidden folder beside `path`, flushes it to disk and lets it take that
// name: nobody finds a folder that is half full, and what was there before is there until the new
// one is whole. What a killed call left is replaced by the next one for this path.
// Errors: those of `fill`, or tool; `path` is unchanged.
using FillFolder = std::function<Result<void>(const std::filesystem::path& folder)>;
Result<void> write_folder(const std::filesystem::path& path, const FillFolder& fill);

// Appends line + '\n' in one write and flushes it to disk.
// REQUIRES: line has no newline. Errors: tool; a torn line is cut off again.
Result<void> append_line(const std::filesystem::path& path, std::string_view line);

// Makes renames in this folder durable; false when it could not be done, and then a crash may undo
// them, and nothing else.
bool sync_folder(const std::filesystem::path& folder);

}  // namespace onsite
