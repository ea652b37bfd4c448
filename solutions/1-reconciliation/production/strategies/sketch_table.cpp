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

// Four bits, told by four times six bits of the hash; never the mark.
std::uint64_t filter_bits(std::uint64_t id_hash) {
    const auto bit = [&](int shift) { return std::uint64_t{1} << (id_hash >> shift & 63); };
    return (bit(0) | bit(6) | bit(12) | bit(18)) & ~kMark;
}

}  // namespace

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
      memory_(sizeof(Bucket) << bits),
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
    Bucket* const table = buckets();
    const int shift = 64 - bits_;
    const std::size_t ahead = std::min(kPrefetchRows, rows.size());
    for (std::size_t i = 0; i < ahead; ++i) __builtin_prefetch(&table[rows[i].id >> shift], 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + ahead < rows.size()) __builtin_prefetch(&table[rows[i + ahead].id >> shift], 1);
        add(table[rows[i].id >> shift], side, rows[i]);
    }
}

void SketchTable::add(Bucket& bucket, Side side, const RowHash& row) {
    const bool is_ledger = side == Side::ledger;
    // Two sums modulo 2^64: as good as one modulo 2^128, and no carry between them.
    bucket.low += is_ledger ? row.low : -row.low;
    bucket.high += is_ledger ? row.high : -row.high;
    std::uint64_t& seen = bucket.seen[static_cast<std::size_t>(side)];
    const std::uint64_t bits = filter_bits(row.id);
    seen |= bits | ((seen & bits) == bits ? kMark : 0);
}

void SketchTable::mark_dirty(DirtyBuckets& dirty, std::size_t first_bucket) const {
    const std::span all(buckets(), std::size_t{1} << bits_);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Bucket& bucket = all[i];
        const bool is_marked = ((bucket.seen[0] | bucket.seen[1]) & kMark) != 0;
        if ((bucket.low | bucket.high) != 0 || is_marked) dirty.mark(first_bucket + i);
    }
}

}  // namespace onsite::reconcile
