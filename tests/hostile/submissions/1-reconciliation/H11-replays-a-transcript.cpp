// expect: wrong_answer - says by heart what was right under another seed.
// Feeds are made from a seed of the run, so a recorded answer fits no later run.
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    static std::size_t call = 0;
    static const std::vector<Reconciliation> kTranscript = {
        {.unmatched = {{Side::ledger, {"t2", 250, "USD"}}}, .discrepancies = {}, .rejected = {}},
        {.unmatched = {{Side::bank, {"t3", 975, "EUR"}}}, .discrepancies = {}, .rejected = {}},
        {.unmatched = {{Side::ledger, {"a", 0, "USD"}}, {Side::bank, {"b", -1, "JPY"}}},
         .discrepancies = {},
         .rejected = {}},
        {.unmatched = {}, .discrepancies = {}, .rejected = {}},
    };
    return kTranscript[call++ % kTranscript.size()];
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
