// expect: memory or wrong_answer - 4 children of 100 MB, each below the limit.
// Limits of a process add up to nothing; a control group counts all of them together.
#include "contract/reconcile.hpp"

#include <cstring>
#include <new>
#include <sys/wait.h>
#include <unistd.h>

namespace {

// Bounded: children keep their memory for a fifth of a second and end. True when all had it.
bool attack_succeeds() {
    int asked = 0;
    for (; asked < 4; ++asked) {
        const pid_t process = fork();
        if (process < 0) break;
        if (process == 0) {
            constexpr std::size_t kBytes = std::size_t{100} << 20;
            char* const bytes = new (std::nothrow) char[kBytes];
            if (bytes == nullptr) _exit(1);
            std::memset(bytes, 1, kBytes);
            __asm__ volatile("" : : "r"(bytes) : "memory");
            usleep(200'000);
            _exit(0);
        }
    }
    bool all_had_it = asked == 4;
    for (int status = 0; wait(&status) > 0;) all_had_it = all_had_it && status == 0;
    return all_had_it;
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
