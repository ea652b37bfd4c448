// The exact join of rows that were parted by the hash of their ids.
#pragma once

#include <array>
#include <cstdint>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/strategies/partitioned_rows.hpp"
#include "solutions/1-reconciliation/production/strategies/run.hpp"

namespace onsite::reconcile {

// The rows of both feeds, by Side.
using RowsOfFeeds = std::array<PartitionedRows, kSides>;

// A guess that decides into how many partitions rows go; a wrong one costs time, never memory.
struct RowsExpected {
    std::uint64_t rows = 0;
    std::uint64_t bytes = 0;
};

// What the rows of each feed may take before they spill, by Side.
using RowsMemory = std::array<std::uint64_t, kSides>;

// Empty rows, in so many partitions that one of them is joined in the cache.
RowsOfFeeds make_rows_of_feeds(const std::filesystem::path& temp_folder, RowsExpected expected,
                               const RowsMemory& memory_bytes, const BlockPool& pool = {});

// Compares each row with the row of the same id on the other side, byte by byte. The run's workers
// take partitions in turn; each row is a match or in the run's findings afterwards. A partition
// that is too large for the memory is parted again.
Result<void> join(RowsOfFeeds& rows, Run& run);
// The same in the caller's thread. Returns how many bytes were spilled, before and now.
Result<std::uint64_t> join(RowsOfFeeds& rows, const Settings& settings, const Hasher& hasher,
                           FindingStore& findings);

}  // namespace onsite::reconcile
