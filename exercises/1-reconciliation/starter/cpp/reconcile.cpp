// Section 1: reconcile two feeds of transactions. Read brief.md first, then the contract.
//
// This is the only file you edit; reading the feeds and writing the answer is done for you. What
// you print is shown as it is and does not count as an answer.
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile([[maybe_unused]] const std::vector<Transaction>& ledger,
                         [[maybe_unused]] const std::vector<Transaction>& bank) {
    // TODO(candidate): find the transactions that are in one list but not in the other.
    return {};
}

// Not asked for before follow-up 2.
Reconciliation reconcile_feeds([[maybe_unused]] Feed& ledger, [[maybe_unused]] Feed& bank,
                               [[maybe_unused]] const Run& run, [[maybe_unused]] RunStore& store) {
    return {};
}

}  // namespace onsite::reconciliation
