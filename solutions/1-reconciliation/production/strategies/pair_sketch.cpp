#include "solutions/1-reconciliation/production/strategies/pair_sketch.hpp"

#include "solutions/1-reconciliation/production/strategies/for_each_bucket.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint32_t kMark = ~std::uint32_t{0};

// One bit in each quarter of the filter, told by four times three bits of the hash.
std::uint32_t filter_bits(std::uint64_t id_hash) {
    const auto bit = [&](int shift) { return std::uint32_t{1} << (id_hash >> shift & 7); };
    return bit(0) | bit(3) << 8 | bit(6) << 16 | bit(9) << 24;
}

}  // namespace

PairSketch::PairSketch(int bits, int check_bits)
    : bits_(bits),
      check_mask_((std::uint64_t{1} << check_bits) - 1),
      memory_(sizeof(Bucket) << bits) {}

void PairSketch::add(Side side, std::span<const RowHash> rows) {
    const auto check = [mask = check_mask_](const RowHash& row) {
        return static_cast<std::uint32_t>(row.low & mask);
    };
    if (side == Side::bank) {
        for_each_bucket(buckets(), bits_, rows,
                        [&](Bucket& bucket, const RowHash& row) { bucket.add(0 - check(row)); });
        return;
    }
    for_each_bucket(buckets(), bits_, rows, [&](Bucket& bucket, const RowHash& row) {
        bucket.add(check(row));
        const std::uint32_t bits = filter_bits(row.id);
        bucket.seen = (bucket.seen & bits) == bits ? kMark : bucket.seen | bits;
    });
}

void PairSketch::mark_dirty(DirtyBuckets& dirty, std::size_t first_bucket, std::size_t half) const {
    const std::size_t words = std::size_t{1} << (bits_ - 6);
    const Bucket* const all = buckets();
    for (std::size_t word = words / 2 * half; word < (half == 0 ? words / 2 : words); ++word) {
        std::uint64_t which = 0;
        for (std::size_t i = 0; i < 64; ++i) {
            const Bucket& bucket = all[word * 64 + i];
            which |= std::uint64_t{bucket.sum != 0 || bucket.seen == kMark} << i;
        }
        dirty.mark_all(first_bucket + word * 64, which);
    }
}

}  // namespace onsite::reconcile
