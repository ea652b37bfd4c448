#include "solutions/1-reconciliation/production/plan/sketch_table.hpp"

#include <algorithm>

#include "solutions/1-reconciliation/production/strategies/for_each_bucket.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kMark = std::uint64_t{1} << 63;

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

void SketchTable::add(Side side, std::span<const RowHash> rows) {
    for_each_bucket(table(), bits_, rows,
                    [&](SketchBucket& bucket, const RowHash& row) { bucket.add(side, row); });
}

}  // namespace onsite::reconcile
