// What a join holds of one partition while it joins it, in memory that is used again for the next.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <new>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/partitioned_rows.hpp"

namespace onsite::reconcile {

// The first good rows with one id, of either feed.
struct Couple {
    std::uint64_t hash = 0;
    std::array<const KeptRow*, kSides> rows = {};
    std::string_view id() const { return (rows[0] != nullptr ? rows[0] : rows[1])->id(); }
};

// The ids of one partition: open addressing, a slot is a number into the list of couples.
class Couples {
public:
    Couples() : slots_(64) {}

    Couple& of(const KeptRow& row, std::uint64_t hash) {
        if (couples_.size() * 2 >= slots_.size()) grow();
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
            if (slots_[i] == 0) {
                couples_.push_back({.hash = hash});
                slots_[i] = static_cast<std::uint32_t>(couples_.size());
                return couples_.back();
            }
            Couple& couple = couples_[slots_[i] - 1];
            if (couple.hash == hash && couple.id() == row.id()) return couple;
        }
    }
    const std::vector<Couple>& all() const { return couples_; }
    void clear() {
        couples_.clear();
        std::ranges::fill(slots_, 0);
    }

private:
    void grow() {
        std::ranges::fill(slots_, 0);
        slots_.resize(slots_.size() * 2);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t number = 0; number < couples_.size(); ++number) {
            std::size_t i = couples_[number].hash & mask;
            while (slots_[i] != 0) i = (i + 1) & mask;
            slots_[i] = static_cast<std::uint32_t>(number + 1);
        }
    }

    std::vector<Couple> couples_;
    std::vector<std::uint32_t> slots_;
};

// Rows of one partition that were read from the disk, in memory that is used again.
class RowCopies {
public:
    const KeptRow* copy_of(const KeptRow& row) {
        if (block_ < blocks_.size() && blocks_[block_].size() - used_ < row.size()) {
            ++block_;
            used_ = 0;
        }
        if (block_ == blocks_.size()) blocks_.emplace_back(kBlockBytes);
        char* const copy = blocks_[block_].data() + used_;
        std::memcpy(copy, static_cast<const void*>(&row), row.size());
        used_ += row.size();
        return std::launder(reinterpret_cast<const KeptRow*>(copy));
    }
    void clear() { block_ = used_ = 0; }

private:
    static constexpr std::size_t kBlockBytes = 2 << 20;
    static_assert(kBlockBytes > KeptRow::kSizeMax);
    std::vector<HugeMemory> blocks_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;
};

}  // namespace onsite::reconcile
