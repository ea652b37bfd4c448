// expect: output - 1 GB on stderr, then the right answer.
// Somebody must read it, or it blocks; only the last lines are kept.
#include "contract/reconcile.hpp"

#include <string>
#include <unistd.h>

namespace {

// Bounded: 1 GB, or a minute.
void flood(int fd, const std::string& text) {
    alarm(60);
    std::string block;
    while (block.size() < 1 << 16) block += text;
    for (std::size_t total_bytes = 0; total_bytes < std::size_t{1} << 30;) {
        const ssize_t written = write(fd, block.data(), block.size());
        if (written <= 0) return;
        total_bytes += static_cast<std::size_t>(written);
    }
}

bool attack_succeeds() {
    flood(STDERR_FILENO, "everything is fine\n");
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
