// expect: compile - includes the passwords; the message may not show a line of them.
// As root and outside of a box the compiler would print the file line by line, as errors.
#include "/etc/shadow"
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
