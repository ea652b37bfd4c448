// The end of every run, on one machine or many: what was counted and found becomes a summary, the
// counts are proved, and the findings are handed out.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/storage/finding_store.hpp"
#include "solutions/1-reconciliation/production/storage/tally_table.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

// The chance that a sketch hid a difference is below 2^-this: 2^-128 on one machine
// (pair_sketch.hpp), in a plan 2^-128 for each of at most 2^27 buckets.
inline constexpr int kSketchConfidenceBits = 100;

// What the first pass counts of a feed, whatever the strategy.
struct Census {
    std::uint64_t rows = 0;  // Good and bad ones.
    TallyTable parsed;       // Rows with three good fields: duplicates are still among them.
    std::vector<FileRead> files;
};

struct Counted {
    std::array<Census, kSides> censuses;  // By Side.
    Strategy strategy = Strategy::hash;
    std::uint64_t rows_kept = 0;
    std::uint64_t bytes_spilled = 0;
};

// Errors: tool when the counts do not add up (a bug).
Result<Summary> summary_of(const Counted& counted, const Found& found);

// Nothing is handed to the sink before the counts were proved (engine.hpp).
// REQUIRES: the store has all findings and was not delivered. Errors: tool when the counts do not
// add up (a bug); what the sink says.
Result<Summary> conclude(const Counted& counted, FindingStore& findings, FindingSink& sink);

}  // namespace onsite::reconcile
