// The counts and sums of a run, and the proof that every row of both feeds is in exactly one of
// them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/findings.hpp"

namespace onsite::reconcile {

// Holds the sum of 2^64 amounts. __extension__ keeps -Wpedantic quiet about the type.
__extension__ typedef __int128 Int128;
std::string to_string(Int128 number);

struct Tally {
    std::uint64_t rows = 0;
    Int128 sum_minor = 0;
    void add(std::int64_t amount_minor) {
        ++rows;
        sum_minor += amount_minor;
    }
    void operator+=(const Tally& other) {
        rows += other.rows;
        sum_minor += other.sum_minor;
    }
    void operator-=(const Tally& other) {
        rows -= other.rows;
        sum_minor -= other.sum_minor;
    }
    bool operator==(const Tally&) const = default;
};

// In the currency's own column; nothing is ever converted.
struct CurrencyTallies {
    Tally good;        // Rows that are not rejected: matched + unmatched + discrepant.
    Tally matched;     // An equal row is in the other feed: the same tally on both sides.
    Tally unmatched;   // The id is in this feed only.
    Tally discrepant;  // The id is in both feeds with another amount or currency.
    bool operator==(const CurrencyTallies&) const = default;
};

// What was read of one file.
struct FileRead {
    std::string path;
    std::uint64_t bytes = 0;  // As they stand on the disk, compressed or not.
    std::string hash;         // Of those bytes (content_hash.hpp).
    bool operator==(const FileRead&) const = default;
};

struct SideSummary {
    std::uint64_t rows = 0;  // Of every kind; headers and empty lines are no rows.
    std::uint64_t matched = 0;
    std::uint64_t unmatched = 0;
    std::uint64_t discrepant = 0;
    std::array<std::uint64_t, kRejectReasons> rejected = {};  // By RejectReason.
    std::map<std::string, CurrencyTallies> currencies;        // By name: "USD".
    std::vector<FileRead> files;
    // Names the content of the feed: the hash of the files' hashes and sizes in their order.
    std::string snapshot;

    std::uint64_t rejected_rows() const;
    std::uint64_t duplicates() const {
        return rejected[static_cast<std::size_t>(RejectReason::duplicate_id)];
    }
};

enum class Strategy : std::uint8_t {
    automatic,   // sketch for large feeds, hash for small ones.
    hash,        // Exact. Every row is kept, in memory or on disk, and joined by hash.
    sort_merge,  // Exact. Every row is sorted by id, in memory or on disk, and merged.
    sketch,      // Reads twice and keeps only rows that a keyed 128-bit sum did not cancel.
};
std::string_view to_string(Strategy strategy);

struct Summary {
    std::array<SideSummary, kSides> sides;  // By Side.
    Strategy strategy = Strategy::hash;     // The one that was taken; never automatic.
    std::uint64_t amount_differs = 0;       // Discrepancies; one in both counts differs in both.
    std::uint64_t currency_differs = 0;
    std::uint64_t rows_kept = 0;  // Rows that were kept for the join: all, or those of the sketch.
    std::uint64_t bytes_spilled = 0;  // Written to the temporary folder.
    // The chance that the sketch hid a difference is below 2^-this; 0 when it was not used.
    int sketch_confidence_bits = 0;

    const SideSummary& side(Side side) const { return sides[static_cast<std::size_t>(side)]; }
    bool has_differences() const;
    bool has_rejected_rows() const;
};

}  // namespace onsite::reconcile
