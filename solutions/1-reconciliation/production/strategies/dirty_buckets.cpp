#include "solutions/1-reconciliation/production/strategies/dirty_buckets.hpp"

#include <bit>

namespace onsite::reconcile {

std::size_t DirtyBuckets::count() const {
    std::size_t count = 0;
    for (const std::uint64_t word : words_) count += static_cast<std::size_t>(std::popcount(word));
    return count;
}

DirtyBuckets DirtyBuckets::in_larger_buckets(int bits_max) const {
    if (bits_ <= bits_max) return *this;
    DirtyBuckets larger(bits_max);
    for (std::size_t bucket = 0; bucket < buckets(); ++bucket) {
        if (is_dirty(bucket)) larger.mark(bucket >> (bits_ - bits_max));
    }
    return larger;
}

}  // namespace onsite::reconcile
