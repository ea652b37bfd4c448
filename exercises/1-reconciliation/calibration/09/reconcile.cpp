#include "contract/reconcile.hpp"

namespace onsite::reconciliation {
namespace {

using View = std::vector<const Transaction*>;

// Pointers are sorted instead of transactions: a swap moves 8 bytes and copies no string.
View sorted_by_id(const std::vector<Transaction>& feed) {
    View view;
    view.reserve(feed.size());
    for (const Transaction& transaction : feed) view.push_back(&transaction);
    std::sort(view.begin(), view.end(),
              [](const Transaction* a, const Transaction* b) { return a->id < b->id; });
    return view;
}

void compare(const Transaction& ours, const Transaction& theirs, Reconciliation& result) {
    if (ours == theirs) return;
    result.discrepancies.push_back({.ledger = ours,
                                    .bank = theirs,
                                    .amount_differs = ours.amount != theirs.amount,
                                    .currency_differs = ours.currency != theirs.currency});
}

}  // namespace

Reconciliation reconcile(const std::vector<Transaction>& ledger,
                         const std::vector<Transaction>& bank) {
    const View ours = sorted_by_id(ledger);
    const View theirs = sorted_by_id(bank);
    Reconciliation result;
    auto our = ours.begin();
    auto their = theirs.begin();
    // The smaller id has no partner: everything before it in the other feed has been passed.
    while (our != ours.end() || their != theirs.end()) {
        if (their == theirs.end() || (our != ours.end() && (*our)->id < (*their)->id)) {
            result.unmatched.push_back({.side = Side::ledger, .transaction = **our++});
        } else if (our == ours.end() || (*their)->id < (*our)->id) {
            result.unmatched.push_back({.side = Side::bank, .transaction = **their++});
        } else {
            compare(**our++, **their++, result);
        }
    }
    return result;
}

// Not reached in the time.
Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
