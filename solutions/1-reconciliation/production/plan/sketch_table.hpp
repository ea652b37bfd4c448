// Sums of row hashes in buckets, in which equal rows of the two feeds cancel, of some pieces of
// both feeds: tables of other pieces can be added.
//
// A row belongs to the bucket that the hash of its id says. There its 128-bit hash is added when it
// is the ledger's and taken away when it is the bank's, and four bits of the id's hash are set in a
// small filter of its side. So:
//
//   1. A bucket whose sums are 0 holds the same rows on both sides, but for a chance below 2^-128.
//   2. A row whose four bits were all set before may repeat an id of its side: its bucket is
//   marked.
//      A row that does repeat one always meets its own bits, so no duplicate is missed.
//   3. A bucket with sums of 0 and no mark therefore holds matched rows only.
//
// The sketch of one machine (pair_sketch.hpp) has smaller buckets, and starts again when they have
// missed something. Here that would be all stages over: each bucket proves itself.
#pragma once

#include <cstdint>
#include <span>

#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

inline constexpr std::size_t kSketchBucketBytes = 32;

struct SketchBucket {
    std::uint64_t low;
    std::uint64_t high;
    std::uint64_t seen[kSides];  // The filters; the highest bit is the mark.

    void add(Side side, const RowHash& row);
    // Adds what another table has of the same bucket. An id that both have seen on one side shows
    // all its bits in both filters: such a bucket is marked, so no duplicate is missed.
    void add(const SketchBucket& other);
    bool is_used() const { return (low | high | seen[0] | seen[1]) != 0; }
    bool is_dirty() const;
};
static_assert(sizeof(SketchBucket) == kSketchBucketBytes);

class SketchTable {
public:
    // 2^bits buckets. REQUIRES: 1 <= bits <= 40.
    explicit SketchTable(int bits) : bits_(bits), memory_(kSketchBucketBytes << bits) {}

    void add(Side side, std::span<const RowHash> rows);
    std::span<const SketchBucket> buckets() const { return {table(), std::size_t{1} << bits_}; }

private:
    SketchBucket* table() const { return reinterpret_cast<SketchBucket*>(memory_.data()); }

    int bits_;
    HugeMemory memory_;
};

}  // namespace onsite::reconcile
