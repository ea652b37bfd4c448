// Sums of row hashes in buckets, in which equal rows of the two feeds cancel.
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
// Sums do not depend on the order of rows, so two threads may add at the same time.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

// One bit for each bucket: whether its rows have to be looked at.
class DirtyBuckets {
public:
    explicit DirtyBuckets(int bits) : bits_(bits), words_((std::size_t{1} << bits) / 64 + 1) {}
    std::size_t bucket_of(std::uint64_t id_hash) const { return id_hash >> (64 - bits_); }
    void mark(std::size_t bucket) { words_[bucket / 64] |= std::uint64_t{1} << bucket % 64; }
    bool has(std::uint64_t id_hash) const {
        const std::size_t bucket = bucket_of(id_hash);
        return (words_[bucket / 64] >> bucket % 64 & 1) != 0;
    }
    // The same for the first `prefix_bits` of a hash; true when any hash that begins so is in one.
    // REQUIRES: prefix_bits <= 32.
    bool may_have(std::uint32_t prefix, int prefix_bits) const {
        if (prefix_bits >= bits_) {
            const std::size_t bucket = prefix >> (prefix_bits - bits_);
            return (words_[bucket / 64] >> bucket % 64 & 1) != 0;
        }
        return may_have_longer(prefix, prefix_bits);
    }
    std::size_t count() const;
    std::size_t buckets() const { return std::size_t{1} << bits_; }

private:
    bool may_have_longer(std::uint32_t prefix, int prefix_bits) const;
    int bits_;
    std::vector<std::uint64_t> words_;
};

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
    explicit SketchTable(int bits);

    // Collects rows until it pays to fetch their buckets. Thread safety: one writer per thread.
    class Writer {
    public:
        Writer(SketchTable& table, Side side);
        void add(std::span<const RowHash> rows);
        void flush();

    private:
        void flush(std::size_t part);
        SketchTable& table_;
        Side side_;
        std::vector<RowHash> waiting_;  // kWaitingMax for each part of the table.
        std::vector<std::uint32_t> counts_;
    };

    // Marks the dirty buckets of the table; its first one has this number there.
    void mark_dirty(DirtyBuckets& dirty, std::size_t first_bucket) const;
    // REQUIRES: all writers were flushed.
    std::span<const SketchBucket> buckets() const { return {table(), std::size_t{1} << bits_}; }

private:
    void apply(Side side, std::span<const RowHash> rows);
    SketchBucket* table() const { return reinterpret_cast<SketchBucket*>(memory_.data()); }

    int bits_;
    int part_bits_;  // A part of the table is what one lock guards.
    HugeMemory memory_;
    std::vector<std::atomic_flag> locks_;
};

}  // namespace onsite::reconcile
