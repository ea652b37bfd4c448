// Reconciles two feeds that may be larger than memory: the entry to this library.
//
// Nothing is handed to the sink before both feeds were read to their ends, were seen not to have
// changed meanwhile, and the counts were proved: each row is matched, unmatched, discrepant or
// rejected, and matched rows have the same count and sum per currency on both sides.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

// Secret numbers that hashing depends on; new ones from a random device for each production run,
// so that nobody can write feeds whose rows cancel by intent. The findings do not depend on them.
using HashKey = std::array<std::uint64_t, 4>;

struct Progress {
    int pass = 1;  // The sketch reads the feeds twice, or more often when memory is short.
    int passes = 1;
    std::uint64_t rows = 0;   // Parsed in this pass, both feeds: the second one skips most.
    std::uint64_t bytes = 0;  // Of the files as they stand on the disk, in this pass.
    std::uint64_t bytes_total = 0;
};

// A smaller run would have no room for anything beside the program and its buffers.
inline constexpr std::uint64_t kMemoryBytesMin = std::uint64_t{64} << 20;

struct Settings {
    Strategy strategy = Strategy::automatic;
    // Never take the sketch, whose chance to hide a difference is below 2^-100 but not 0.
    bool exact = false;
    // What the process may take at its peak, the program included; what does not fit spills. The
    // findings do not depend on it. Less than kMemoryBytesMin is a usage error.
    std::uint64_t memory_bytes = std::uint64_t{2} << 30;
    // For tests: what may be kept of rows and findings, instead of what memory_bytes leaves.
    std::uint64_t kept_bytes = 0;
    // For spilled rows and a copy of standard input. Files there have no name: a killed run leaves
    // none behind.
    std::filesystem::path temp_folder = "/tmp";
    int threads = 2;  // 1 or 2: with two, each feed is read by its own.
    HashKey hash_key = {1, 2, 3, 4};
    // Bits of an id's hash that are used. Fewer make the collisions that tests want.
    int hash_bits = 64;
    // Bits that a sketch adds up in each bucket, 0 to 32. Fewer make it miss the differences that
    // it then has to see in the sum of all rows.
    int check_bits = 32;
    std::uint64_t rows_max = std::uint64_t{1} << 36;  // Per feed; more is a usage error.
    // Called now and then by either thread, never by both at once.
    std::function<void(const Progress&)> progress = {};
    // The run ends with an error soon after this becomes true.
    const std::atomic<bool>* stop = nullptr;
};

// Errors: usage, with the setting that makes no sense. reconcile_feeds() asks this itself.
Result<void> check_settings(const Settings& settings);

// Errors: usage when a file is missing, not what Feed says, truncated or changed while it was read;
// tool when the disk is full, a read fails, or the counts do not add up (a bug).
// Thread safety: independent calls may run at the same time.
Result<Summary> reconcile_feeds(const Feed& ledger, const Feed& bank, const Settings& settings,
                                FindingSink& sink);

}  // namespace onsite::reconcile
