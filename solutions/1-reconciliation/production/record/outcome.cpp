#include "solutions/1-reconciliation/production/record/outcome.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <fmt/format.h>

namespace onsite::reconcile {
namespace {

constexpr std::array kBothSides = {Side::ledger, Side::bank};

bool has_good_rows(const SideSummary& side) { return side.rows > side.rejected_rows(); }

}  // namespace

Outcome outcome_of(const Summary& summary) {
    if (summary.has_rejected_rows()) return Outcome::rejected_rows;
    return summary.has_differences() ? Outcome::differences : Outcome::equal;
}

std::string_view to_string(Outcome outcome) {
    switch (outcome) {
        case Outcome::equal:
            return "equal";
        case Outcome::differences:
            return "differences";
        case Outcome::rejected_rows:
            return "rejected_rows";
    }
    std::abort();
}

std::map<std::string, Int128> drift_of(const Summary& summary) {
    std::map<std::string, Int128> drift;
    for (const Side side : kBothSides) {
        for (const auto& [name, tallies] : summary.side(side).currencies) {
            const Int128 sum = tallies.good.sum_minor;
            drift[name] += side == Side::ledger ? sum : -sum;
        }
    }
    return drift;
}

std::vector<Warning> warnings_of(const Summary& summary) {
    std::vector<Warning> warnings;
    for (const Side side : kBothSides) {
        const SideSummary& found = summary.side(side);
        const std::string_view name = to_string(side);
        if (found.rows == 0) {
            warnings.push_back(
                {fmt::format("{}_is_empty", name),
                 fmt::format("the {} has no rows; if it should have some, look at its files",
                             name)});
        } else if (!has_good_rows(found)) {
            warnings.push_back(
                {fmt::format("{}_has_no_good_row", name),
                 fmt::format(
                     "every row of the {} was rejected; look at its format, columns and encoding",
                     name)});
        }
    }
    return warnings;
}

bool is_nothing_compared(const Summary& summary) {
    return std::ranges::none_of(summary.sides, has_good_rows);
}

}  // namespace onsite::reconcile
