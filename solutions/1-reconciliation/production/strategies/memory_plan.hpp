// How a run divides the memory that it may take. Together with the program itself, its buffers and
// what the sink keeps, no moment of a run needs more than Settings::memory_bytes:
//
//   first pass of the sketch     sketch, indexes (or a larger sketch), findings
//   keeping rows of the sketch   rows, indexes, findings
//   reading for a hash join      all rows, findings
//   joining                      rows, the partitions at hand, findings
//   sort-merge                   sorters, findings
#pragma once

#include <cstdint>

#include "solutions/1-reconciliation/production/engine.hpp"

namespace onsite::reconcile {

struct MemoryPlan {
    std::uint64_t findings_bytes;  // Of each of two stores.
    std::uint64_t sketch_bytes;
    std::uint64_t index_bytes;     // Of each feed.
    std::uint64_t rows_bytes;      // Of each feed: those that the sketch left.
    std::uint64_t all_rows_bytes;  // Of both feeds: all of them.
    std::uint64_t join_bytes;      // Of both feeds, with the partitions that are being joined.
    std::uint64_t sorter_bytes;    // Of each feed.
    std::uint64_t window_bytes;    // Of each feed: history for unpacking zstd.
};

// The program, its libraries, and buffers for reading, parsing and merging.
inline constexpr std::uint64_t kFixedBytes = 32 << 20;
static_assert(kFixedBytes < kMemoryBytesMin);

inline MemoryPlan plan_memory(const Settings& settings) {
    // 2 MiB of 64 are what zstd asks for by default, and 8 of 256 for its level 19.
    const std::uint64_t window = settings.memory_bytes / 32;
    const std::uint64_t free = settings.kept_bytes > 0
                                   ? settings.kept_bytes
                                   : settings.memory_bytes - kFixedBytes - kSides * window;
    return {.findings_bytes = free / 8,
            .sketch_bytes = free / 2,
            .index_bytes = free / 8,
            .rows_bytes = free / 4,
            .all_rows_bytes = free * 23 / 32,
            .join_bytes = free * 3 / 4,
            .sorter_bytes = free * 3 / 8,
            .window_bytes = window};
}

}  // namespace onsite::reconcile
