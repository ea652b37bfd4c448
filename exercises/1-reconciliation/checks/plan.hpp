// Two feeds as a list of decisions: small to show, easy to shrink, and the same feeds every time.
//
// A generator of rows would shrink badly: taking a transaction from one feed only changes what it
// is an example of. Here one PlanRow decides about a transaction in both feeds.
#pragma once

#include <cstdint>
#include <vector>

#include "exercises/1-reconciliation/checks/question.hpp"

namespace onsite::reconciliation {

// What becomes of one transaction.
enum class Fate { matched, ledger_only, bank_only, amount_differs, currency_differs, both_differ };

struct PlanRow {
    Fate fate = Fate::matched;
    std::uint32_t amount = 1;    // 1 to kPlainAmountMax.
    std::uint32_t currency = 0;  // An index into kCurrencies.
    std::uint32_t twist = 0;     // What a check changes about this row; 0 for nothing.
    bool operator==(const PlanRow&) const = default;
};

struct Plan {
    std::vector<PlanRow> rows;
    std::uint32_t order = 0;  // Shuffles the feeds; 0 leaves them as planned.
    std::uint32_t style = 0;  // How ids look, and what a check changes about the whole plan.
};

// Amounts that every number type of the three languages holds, even a 32-bit float: only the checks
// of money use others.
inline constexpr std::uint32_t kPlainAmountMax = 9'999'999;
inline constexpr std::array<const char*, 3> kCurrencies = {"USD", "EUR", "GBP"};
inline constexpr std::uint32_t kTwists = 1000;
inline constexpr std::uint32_t kStyles = 64;

// The id of the n-th planned transaction: ASCII letters and digits, the first a letter, never two
// that differ in case only.
std::string plain_id(const Plan& plan, std::size_t n);

// The feeds of a plan: unique ids, no bad rows.
Feeds feeds_of(const Plan& plan);

// The two transactions of the n-th row. They are equal when it is matched; of one that is in one
// feed only, the other one is what is missing there.
struct PlannedPair {
    Transaction ledger;
    Transaction bank;
};
PlannedPair pair_of(const Plan& plan, std::size_t n);

// The same order of rows for both feeds as feeds_of, for feeds that a check has changed.
Feeds arranged(const Plan& plan, const std::vector<PlannedPair>& pairs);

// Another order of the rows of both feeds.
Feeds shuffled(Feeds feeds, std::uint64_t seed);

// Simpler decisions than this one, the simplest first.
std::vector<PlanRow> simpler(const PlanRow& row);

}  // namespace onsite::reconciliation
