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

// Empty rows, in so many partitions that one of them is joined in the cache. `memory_bytes` is what
// each feed may take before it spills.
RowsOfFeeds make_rows_of_feeds(const std::filesystem::path& temp_folder,
                               std::uint64_t rows_expected, std::uint64_t memory_bytes);

// Compares each row with the row of the same id on the other side, byte by byte. The run's workers
// take partitions in turn; each row is a match or in the run's findings afterwards.
Result<void> join(const RowsOfFeeds& rows, Run& run);
// The same in the caller's thread.
Result<void> join(const RowsOfFeeds& rows, const Hasher& hasher, FindingStore& findings);

}  // namespace onsite::reconcile
