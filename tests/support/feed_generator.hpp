// Makes two feeds of any size whose reconciliation is known beforehand. The same numbers give the
// same bytes on every machine, and no row is kept: a feed of a billion rows needs no memory.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.hpp"

namespace onsite {

// ndjson has the keys of every row in one order, shuffled_ndjson in all six by turns.
enum class FeedShape { csv, quoted_csv, ndjson, shuffled_ndjson };

struct FeedPlan {
    std::uint64_t seed = 1;
    std::uint64_t rows = 1000;      // Good rows of each feed, duplicates not counted.
    std::uint64_t unmatched = 10;   // Of them in that feed only.
    std::uint64_t discrepant = 10;  // Half in the amount, a quarter in the currency, or in both.
    std::uint64_t duplicates = 0;   // Further rows of each feed that repeat an earlier id.
    std::uint64_t malformed = 0;    // Further rows of each feed that are nonsense.
    FeedShape shape = FeedShape::csv;
};

// What a reconciliation of the feeds has to find, besides what the plan says.
struct FeedTruth {
    std::uint64_t matched = 0;
    std::uint64_t amount_differs = 0;
    std::uint64_t currency_differs = 0;
};
FeedTruth truth_of(const FeedPlan& plan);

// REQUIRES: unmatched + discrepant <= rows, and duplicates and malformed <= rows.
// Errors: tool when a file cannot be written.
Result<void> write_feeds(const FeedPlan& plan, const std::filesystem::path& ledger,
                         const std::filesystem::path& bank);

}  // namespace onsite
