// expect: compile or wrong_answer - includes the compiler's stdin, which may be a terminal.
// In the box it is empty: nothing to wait for and nothing to read.
#include "/dev/stdin"
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
