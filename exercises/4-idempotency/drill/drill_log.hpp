// What was done in a drill and when, as an append-only file: each line names the hash of the lines
// before it, so that a line that was changed or taken away is noticed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/json.hpp"

namespace onsite::drill {

inline constexpr std::uint64_t kDrillLogBytesMax = 16u << 20;

// Adds `entry` with its moment: {"at":..,"ms":..,"chain":..,<entry>}.
// REQUIRES: entry is an object with "event", and the caller holds the lock of the drills.
// Errors: usage, when the file was changed or is full; tool, when it cannot be written.
Result<void> append_entry(const std::filesystem::path& file, const Json& entry, Clock& clock);

// All entries, with their moments. A last line without its end was torn by a crash and is left out.
// Errors: usage, with the number of the first line that was changed.
Result<std::vector<Json>> read_entries(const std::filesystem::path& file);

}  // namespace onsite::drill
