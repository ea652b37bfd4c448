#include "solutions/1-reconciliation/production/strategies/sketch_table.hpp"

#include <algorithm>
#include <bit>
#include <thread>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kWaitingMax = 128;
constexpr int kPartBitsMax = 6;
constexpr std::uint64_t kMark = std::uint64_t{1} << 63;
// So many buckets are on their way from memory while one is worked on.
constexpr std::size_t kPrefetchRows = 24;

// One bit in each quarter of the filter, told by four times four bits of the hash; never the mark,
// which is the highest bit of the last quarter.
std::uint64_t filter_bits(std::uint64_t id_hash) {
    const auto bit = [&](int shift) { return std::uint64_t{1} << (id_hash >> shift & 15); };
    const std::uint64_t last = std::min<std::uint64_t>(id_hash >> 12 & 15, 14);
    return bit(0) | bit(4) << 16 | bit(8) << 32 | std::uint64_t{1} << (48 + last);
}

// Whether all bits of some id can be in both filters: an id has one in each quarter.
bool may_share_an_id(std::uint64_t a, std::uint64_t b) {
    const std::uint64_t both = a & b & ~kMark;
    return (both & 0xFFFF) != 0 && (both >> 16 & 0xFFFF) != 0 && (both >> 32 & 0xFFFF) != 0 &&
           both >> 48 != 0;
}

}  // namespace

inline void SketchBucket::add(Side side, const RowHash& row) {
    const bool is_ledger = side == Side::ledger;
    // Two sums modulo 2^64: as good as one modulo 2^128, and no carry between them.
    low += is_ledger ? row.low : -row.low;
    high += is_ledger ? row.high : -row.high;
    std::uint64_t& filter = seen[static_cast<std::size_t>(side)];
    const std::uint64_t bits = filter_bits(row.id);
    filter |= bits | ((filter & bits) == bits ? kMark : 0);
}

void SketchBucket::add(const SketchBucket& other) {
    low += other.low;
    high += other.high;
    for (std::size_t side = 0; side < kSides; ++side) {
        const bool is_repeated = may_share_an_id(seen[side], other.seen[side]);
        seen[side] |= other.seen[side] | (is_repeated ? kMark : 0);
    }
}

bool SketchBucket::is_dirty() const {
    return (low | high) != 0 || ((seen[0] | seen[1]) & kMark) != 0;
}

std::size_t DirtyBuckets::count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

bool DirtyBuckets::may_have_longer(std::uint32_t prefix, int prefix_bits) const {
    const std::size_t buckets = std::size_t{1} << (bits_ - prefix_bits);
    for (std::size_t bucket = prefix * buckets; bucket < (prefix + std::size_t{1}) * buckets;
         ++bucket) {
        if ((words_[bucket / 64] >> bucket % 64 & 1) != 0) return true;
    }
    return false;
}

SketchTable::SketchTable(int bits)
    : bits_(bits),
      part_bits_(std::min(bits, kPartBitsMax)),
      memory_(kSketchBucketBytes << bits),
      locks_(std::size_t{1} << part_bits_) {}

SketchTable::Writer::Writer(SketchTable& table, Side side)
    : table_(table),
      side_(side),
      waiting_(table.locks_.size() * kWaitingMax),
      counts_(table.locks_.size()) {}

void SketchTable::Writer::add(std::span<const RowHash> rows) {
    for (const RowHash& row : rows) {
        const std::size_t part = row.id >> (64 - table_.part_bits_);
        waiting_[part * kWaitingMax + counts_[part]] = row;
        if (++counts_[part] == kWaitingMax) flush(part);
    }
}

void SketchTable::Writer::flush() {
    for (std::size_t part = 0; part < counts_.size(); ++part) flush(part);
}

void SketchTable::Writer::flush(std::size_t part) {
    std::atomic_flag& lock = table_.locks_[part];
    // Held for a microsecond, and by the other thread once in dozens of times.
    while (lock.test_and_set(std::memory_order_acquire)) std::this_thread::yield();
    table_.apply(side_, {waiting_.data() + part * kWaitingMax, counts_[part]});
    lock.clear(std::memory_order_release);
    counts_[part] = 0;
}

void SketchTable::apply(Side side, std::span<const RowHash> rows) {
    SketchBucket* const buckets = table();
    const int shift = 64 - bits_;
    const std::size_t ahead = std::min(kPrefetchRows, rows.size());
    for (std::size_t i = 0; i < ahead; ++i) __builtin_prefetch(&buckets[rows[i].id >> shift], 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + ahead < rows.size()) __builtin_prefetch(&buckets[rows[i + ahead].id >> shift], 1);
        buckets[rows[i].id >> shift].add(side, rows[i]);
    }
}

void SketchTable::mark_dirty(DirtyBuckets& dirty, std::size_t first_bucket) const {
    const auto all = buckets();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].is_dirty()) dirty.mark(first_bucket + i);
    }
}

}  // namespace onsite::reconcile
