// expect: crash - asks for a core dump of 200 MB and aborts.
// Its limit on core files is zero and cannot be raised: nothing is left behind.
#include "contract/reconcile.hpp"

#include <cstdlib>
#include <cstring>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace {

bool attack_succeeds() {
    const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
    setrlimit(RLIMIT_CORE, &unlimited);
    prctl(PR_SET_DUMPABLE, 1);
    char* const bytes = new char[std::size_t{200} << 20];
    std::memset(bytes, 'x', std::size_t{200} << 20);
    __asm__ volatile("" : : "r"(bytes) : "memory");
    std::abort();
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
