// The whole sums of rows' hashes, which tell that two feeds have the same rows.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

// How many rows, and the whole sum of their hashes: two sums modulo 2^64 are as good as one modulo
// 2^128, without a carry between them.
struct RowSum {
    std::uint64_t rows = 0;
    std::uint64_t low = 0;
    std::uint64_t high = 0;

    void add(const RowHash& row) {
        ++rows;
        low += row.low;
        high += row.high;
    }
    void operator-=(const RowSum& other) {
        rows -= other.rows;
        low -= other.low;
        high -= other.high;
    }
    bool operator==(const RowSum&) const = default;
};

// The same by the first bits of the hashes of the rows' ids, to know in which part two feeds
// differ.
class RowSums {
public:
    static constexpr int kPartBits = 8;
    static constexpr std::size_t kParts = std::size_t{1} << kPartBits;

    void add(const RowHash& row) { parts_[row.id >> (64 - kPartBits)].add(row); }
    void operator-=(const RowSums& other) {
        for (std::size_t part = 0; part < kParts; ++part) parts_[part] -= other.parts_[part];
    }
    const RowSum& of(std::size_t part) const { return parts_[part]; }
    std::uint64_t rows() const {
        std::uint64_t rows = 0;
        for (const RowSum& part : parts_) rows += part.rows;
        return rows;
    }
    bool operator==(const RowSums&) const = default;

private:
    std::array<RowSum, kParts> parts_ = {};
};

}  // namespace onsite::reconcile
