// One bit for each bucket of a sketch: whether its rows have to be looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace onsite::reconcile {

class DirtyBuckets {
public:
    // 2^bits buckets, none of them dirty. REQUIRES: 1 <= bits <= 40.
    explicit DirtyBuckets(int bits) : bits_(bits), words_((buckets() + 63) / 64) {}

    std::size_t bucket_of(std::uint64_t id_hash) const { return id_hash >> (64 - bits_); }
    void mark(std::size_t bucket) { words_[bucket / 64] |= std::uint64_t{1} << bucket % 64; }
    // The same for 64 buckets at once. REQUIRES: first_bucket is a multiple of 64.
    void mark_all(std::size_t first_bucket, std::uint64_t which) {
        words_[first_bucket / 64] |= which;
    }
    bool has(std::uint64_t id_hash) const { return is_dirty(bucket_of(id_hash)); }
    bool is_dirty(std::size_t bucket) const {
        return (words_[bucket / 64] >> bucket % 64 & 1) != 0;
    }
    // With at most so many bits: a bucket is dirty there when any is whose numbers begin so.
    DirtyBuckets in_larger_buckets(int bits_max) const;
    std::size_t count() const;
    int bits() const { return bits_; }
    std::size_t buckets() const { return std::size_t{1} << bits_; }

private:
    int bits_;
    std::vector<std::uint64_t> words_;
};

}  // namespace onsite::reconcile
