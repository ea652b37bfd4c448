// Counts and sums per currency. A table over all 17,576 codes leads to the few that occur.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

class TallyTable {
public:
    Tally& of(CurrencyCode currency) {
        std::uint16_t& number = numbers_[currency];
        if (number == 0) {
            tallies_.emplace_back();
            currencies_.push_back(currency);
            number = static_cast<std::uint16_t>(tallies_.size());
        }
        return tallies_[number - 1u];
    }

    // Calls visit(currency, tally) for each currency that was asked for.
    template <typename Visit>
    void for_each(Visit visit) const {
        for (std::size_t i = 0; i < tallies_.size(); ++i) visit(currencies_[i], tallies_[i]);
    }

    void operator+=(const TallyTable& other) {
        other.for_each([&](CurrencyCode currency, const Tally& tally) { of(currency) += tally; });
    }
    void operator-=(const TallyTable& other) {
        other.for_each([&](CurrencyCode currency, const Tally& tally) { of(currency) -= tally; });
    }
    std::uint64_t rows() const {
        std::uint64_t rows = 0;
        for (const Tally& tally : tallies_) rows += tally.rows;
        return rows;
    }

private:
    std::array<std::uint16_t, kCurrencies> numbers_ = {};  // From 1; 0 is not there yet.
    std::vector<Tally> tallies_;
    std::vector<CurrencyCode> currencies_;
};

}  // namespace onsite::reconcile
