// Part of a table of sums as bytes, small enough to travel: only buckets that are used, and of a
// filter with one id in it no more than says which.
#pragma once

#include <span>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/plan/outputs.hpp"
#include "solutions/1-reconciliation/production/plan/sketch_table.hpp"

namespace onsite::reconcile {

// Writes a section. Errors: tool when the disk is full.
Result<void> write_slice(std::span<const SketchBucket> buckets, Output& output);

// Adds what the section has to the buckets. Returns false when its bytes are damaged.
// REQUIRES: as many buckets as were written. Errors: tool when it cannot be read.
Result<bool> add_slice(const Input& input, std::size_t section, std::span<SketchBucket> buckets);

}  // namespace onsite::reconcile
