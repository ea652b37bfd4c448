// Sums of row hashes in buckets: where they are the same for both feeds, so are the rows.
//
// A row belongs to the bucket that the hash of its id says. The ledger adds 32 bits of the row's
// hash to the sum there and sets four bits of the id's hash in a small filter; the bank takes its
// 32 bits away from the same sum. Afterwards:
//
//   1. A ledger's row whose four bits were all set before may repeat an id: its bucket is marked. A
//      row that does repeat one always meets its own bits, so no duplicate is missed.
//   2. A bucket that is marked, or whose sum is not 0, is dirty: its rows have to be joined.
//   3. All other rows have matched when the whole sums of them (row_sums.hpp) are the same. The 32
//      bits only have to find nearly every bucket in which rows differ; what they miss is seen
//      here.
//
// Nor does a sum have to be right: the threads of the two sides do not wait for each other, and
// when both change one bucket in the same moment one change is lost, some times in ten million
// rows. Then the bucket is dirty, or, when it was the one change by which it differed, 3 sees it.
// Waiting would cost every row something, a second sum a third of the memory.
//
// Why 3 is enough: among rows that are not dirty no id of the ledger comes twice, by 1. If the rows
// of the bank were others, but as many, then some row of the ledger is not one of them, and counts
// once in the difference of the whole sums: its hash is 128 bits, random to whoever does not know
// the key as far as AES is a good cipher (hashing.hpp), and with the rest given only one value of
// them makes the difference 0. So it is 0 by chance once in some 2^128 runs, and that of one of the
// parts into which the whole sums are cut once in 2^120.
#pragma once

#include <atomic>
#include <cstdint>
#include <span>
#include <utility>

#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/dirty_buckets.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

class PairSketch {
public:
    static constexpr std::size_t kBytesPerBucket = 8;

    // 2^bits buckets; `check_bits` of the 32 are added up. REQUIRES: 6 <= bits <= 40.
    PairSketch(int bits, int check_bits);

    // Thread safety: one thread for each side.
    void add(Side side, std::span<const RowHash> rows);

    // Marks the dirty ones of one half of the buckets; the first of all has this number there.
    // REQUIRES: first_bucket is a multiple of 64.
    void mark_dirty(DirtyBuckets& dirty, std::size_t first_bucket, std::size_t half) const;

    // Its memory, for something else. The sketch is of no use any more.
    HugeMemory give_up() { return std::move(memory_); }

private:
    struct Bucket {
        // Adds to the sum, modulo 2^32, or loses what the other side does meanwhile.
        void add(std::uint32_t number) {
            const std::atomic_ref shared(sum);
            shared.store(shared.load(std::memory_order_relaxed) + number,
                         std::memory_order_relaxed);
        }
        std::uint32_t sum;   // Of both sides.
        std::uint32_t seen;  // The ledger's filter; all bits set is the mark.
    };
    static_assert(sizeof(Bucket) == kBytesPerBucket);

    Bucket* buckets() const { return reinterpret_cast<Bucket*>(memory_.data()); }

    int bits_;
    std::uint64_t check_mask_;
    HugeMemory memory_;
};

}  // namespace onsite::reconcile
