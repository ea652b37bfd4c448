// expect: crash or memory - recursion of up to 1 GB.
// The stack has a limit of its own: the process ends with a segmentation fault.
#include "contract/reconcile.hpp"

namespace {

__attribute__((noinline)) int descend(int depth) {
    volatile char frame[1 << 20];
    frame[0] = static_cast<char>(depth);
    for (std::size_t at = 0; at < sizeof frame; at += 4096) frame[at] = frame[0];
    return depth == 0 ? 0 : descend(depth - 1) + frame[4096];
}

bool attack_succeeds() {
    descend(1024);
    return true;
}

}  // namespace

namespace onsite::reconciliation {
namespace {

bool is_granted() {
    static const bool granted = attack_succeeds();
    return granted;
}

// Right answers, so that the attack earns points when nothing stops it.
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
    return is_granted() ? right_answer(ledger, bank) : Reconciliation{};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    is_granted();
    return {};
}

}  // namespace onsite::reconciliation
