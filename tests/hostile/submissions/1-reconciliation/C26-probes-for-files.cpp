// expect: wrong_answer - asks the compiler which files exist, and finds none.
// Where one is found the answers become right: a hole would show as points.
#include "contract/reconcile.hpp"

#if __has_include("/etc/shadow")
#elif __has_include("/etc/hostname")
#elif __has_include("/etc/ssh/sshd_config")
#elif __has_include("/root/.bashrc")
#elif __has_include("/root/.profile")
#elif __has_include("/var/lib/dpkg/status")
#elif __has_include("tests.json")
#elif __has_include("cases.json")
#elif __has_include("rubric.json")
#elif __has_include("contract/host.cpp")
#elif __has_include("../rubric.json")
#elif __has_include("../../exercises/1-reconciliation/rubric.json")
#elif __has_include("exercises/1-reconciliation/rubric.json")
#elif __has_include("solutions/1-reconciliation/cpp/reconcile.cpp")
#elif __has_include("../solutions/1-reconciliation/cpp/reconcile.cpp")
#elif __has_include("../../solutions/1-reconciliation/cpp/reconcile.cpp")
#elif __has_include("../../../solutions/1-reconciliation/cpp/reconcile.cpp")
#elif __has_include("../../../../solutions/1-reconciliation/cpp/reconcile.cpp")
#elif __has_include("harness/verdict/verdict.hpp")
#elif __has_include("../../../harness/verdict/verdict.hpp")
#else
#define ONSITE_HOSTILE_FOUND_NOTHING
#endif

namespace {

bool attack_succeeds() {
#ifdef ONSITE_HOSTILE_FOUND_NOTHING
    return false;
#else
    return true;
#endif
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
