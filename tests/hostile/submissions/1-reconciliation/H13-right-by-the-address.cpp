// expect: flaky or wrong_answer - right in one of three places in memory.
// Address layout is random in every process: the same program is right today and wrong tomorrow.
#include "contract/reconcile.hpp"

#include <cstdint>

namespace onsite::reconciliation {
namespace {

// The heap moves from call to call, the stack from process to process.
bool is_lucky(const std::vector<Transaction>& feed) {
    const auto heap = reinterpret_cast<std::uintptr_t>(feed.data());
    const auto stack = reinterpret_cast<std::uintptr_t>(&heap);
    return ((heap ^ stack) >> 4) % 3 == 0;
}

Reconciliation right_answer(const std::vector<Transaction>& ledger,
                            const std::vector<Transaction>& bank) {
    std::map<std::string, std::array<const Transaction*, 2>> pairs;
    for (const Transaction& row : ledger) pairs[row.id][0] = &row;
    for (const Transaction& row : bank) pairs[row.id][1] = &row;
    Reconciliation result;
    for (const auto& [id, pair] : pairs) {
        const auto [left, right] = pair;
        if (!right) {
            result.unmatched.push_back({Side::ledger, *left});
        } else if (!left) {
            result.unmatched.push_back({Side::bank, *right});
        } else if (*left != *right) {
            result.discrepancies.push_back(
                {*left, *right, left->amount != right->amount, left->currency != right->currency});
        }
    }
    return result;
}

}  // namespace

Reconciliation reconcile(const std::vector<Transaction>& ledger,
                         const std::vector<Transaction>& bank) {
    return is_lucky(ledger) ? right_answer(ledger, bank) : Reconciliation{};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
