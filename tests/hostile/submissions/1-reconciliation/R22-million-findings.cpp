// expect: output or time - answers with two million findings.
// A wrong answer may be larger than everything it was asked about.
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    Reconciliation result;
    result.rejected.assign(2'000'000, {Side::bank, 1, RejectReason::wrong_field_count});
    return result;
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return reconcile({}, {}); }

}  // namespace onsite::reconciliation
