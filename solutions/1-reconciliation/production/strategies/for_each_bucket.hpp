// The loop of every sketch: the buckets of rows, fetched before they are needed.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>

#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

// Calls add(bucket, row) for each row with its one of 2^bits buckets: the wait for memory, which is
// nearly all that a sketch costs, is shared by many rows. REQUIRES: 1 <= bits <= 40.
template <typename Bucket, typename Add>
void for_each_bucket(Bucket* buckets, int bits, std::span<const RowHash> rows, Add add) {
    constexpr std::size_t kRowsAhead = 24;
    const auto bucket_of = [&](std::size_t row) { return buckets + (rows[row].id >> (64 - bits)); };
    const std::size_t ahead = std::min(kRowsAhead, rows.size());
    for (std::size_t i = 0; i < ahead; ++i) __builtin_prefetch(bucket_of(i), 1);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i + ahead < rows.size()) __builtin_prefetch(bucket_of(i + ahead), 1);
        add(*bucket_of(i), rows[i]);
    }
}

}  // namespace onsite::reconcile
