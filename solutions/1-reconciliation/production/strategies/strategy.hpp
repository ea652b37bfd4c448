// One interface for the ways to reconcile. Each reads the feeds through the run and leaves there
// what it found: duplicates, unmatched rows, discrepancies. What is neither is matched.
#pragma once

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/strategies/run.hpp"

namespace onsite::reconcile {

// Keeps every row, parted by the hash of its id, and joins partition after partition.
// Complexity: O(n + m) time; memory_bytes, then disk.
// `pass` of `passes`: the sketch may have read the feeds before.
Result<void> run_hash_join(Run& run, int pass = 1, int passes = 1);

// Sorts every row by its id and walks over both sorted feeds at once.
// Complexity: O(n log n + m log m) time; memory_bytes, then disk.
Result<void> run_sort_merge(Run& run);

// Adds the hashes of all rows up, so that equal rows cancel, and joins only what did not cancel.
// Complexity: O(n + m) time, two passes, up to five when memory is short; 12 bytes for about 1.2
// rows and 4 for each row, then the rows that differ. Returns the strategy that was taken: the last
// pass is a hash join when the first one shows that nearly all rows would be kept, and the settings
// leave the choice, or when the sketch has missed something (pair_sketch.hpp).
Result<Strategy> run_sketch(Run& run);

// Whether a first pass is likely to leave out enough to pay for a second one: there is memory for a
// sketch that is not full at once, and the feeds are not so unlike in size that many rows differ.
bool sketch_may_pay(const Run& run);

}  // namespace onsite::reconcile
