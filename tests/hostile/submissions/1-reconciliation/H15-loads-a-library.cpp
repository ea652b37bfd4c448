// expect: wrong_answer - loads the harness or the reference as a library.
// Neither is in the box, nor was either linked into the host.
#include "contract/reconcile.hpp"

#include <dlfcn.h>

namespace {

bool attack_succeeds() {
    for (const char* library : {"libonsite_solution.so", "./libonsite.so", "/tmp/libreference.so",
                                "onsite-reconcile", "onsite-check-reconciliation"}) {
        if (dlopen(library, RTLD_NOW) != nullptr) return true;
    }
    for (const char* symbol : {"onsite_reference_reconcile", "expected_answer", "model_answer"}) {
        if (dlsym(RTLD_DEFAULT, symbol) != nullptr) return true;
    }
    return false;
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
