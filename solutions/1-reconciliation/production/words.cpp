// The names of things as people and files spell them, and the small sums of a summary.
#include <algorithm>
#include <cstdlib>
#include <numeric>

#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

std::string_view to_string(Side side) { return side == Side::ledger ? "ledger" : "bank"; }

std::string_view to_string(Strategy strategy) {
    switch (strategy) {
        case Strategy::automatic:
            return "auto";
        case Strategy::hash:
            return "hash";
        case Strategy::sort_merge:
            return "sort_merge";
        case Strategy::sketch:
            return "sketch";
    }
    std::abort();
}

std::string_view to_string(RejectReason reason) {
    switch (reason) {
        case RejectReason::row_too_long:
            return "row_too_long";
        case RejectReason::malformed:
            return "malformed";
        case RejectReason::wrong_field_count:
            return "wrong_field_count";
        case RejectReason::id_too_long:
            return "id_too_long";
        case RejectReason::bad_id:
            return "bad_id";
        case RejectReason::amount_not_a_number:
            return "amount_not_a_number";
        case RejectReason::bad_currency:
            return "bad_currency";
        case RejectReason::unknown_currency:
            return "unknown_currency";
        case RejectReason::amount_too_precise:
            return "amount_too_precise";
        case RejectReason::amount_out_of_range:
            return "amount_out_of_range";
        case RejectReason::duplicate_id:
            return "duplicate_id";
    }
    std::abort();
}

std::string to_string(CurrencyCode currency) {
    return {static_cast<char>('A' + currency / 676), static_cast<char>('A' + currency / 26 % 26),
            static_cast<char>('A' + currency % 26)};
}

std::string to_string(Int128 number) {
    const bool is_negative = number < 0;
    std::string digits;
    // Digits of a negative number are taken one by one: the smallest has no positive twin.
    do {
        const int digit = static_cast<int>(number % 10);
        digits += static_cast<char>('0' + std::abs(digit));
        number /= 10;
    } while (number != 0);
    if (is_negative) digits += '-';
    std::ranges::reverse(digits);
    return digits;
}

std::uint64_t SideSummary::rejected_rows() const {
    return std::accumulate(rejected.begin(), rejected.end(), std::uint64_t{0});
}

bool Summary::has_differences() const {
    return std::ranges::any_of(
        sides, [](const SideSummary& side) { return side.unmatched > 0 || side.discrepant > 0; });
}

bool Summary::has_rejected_rows() const {
    return std::ranges::any_of(sides,
                               [](const SideSummary& side) { return side.rejected_rows() > 0; });
}

}  // namespace onsite::reconcile
