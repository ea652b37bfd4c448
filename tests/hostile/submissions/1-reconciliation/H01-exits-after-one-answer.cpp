// expect: crash or wrong_answer - one empty answer, then exit status 0.
// Hopes that requests without a reply are not counted.
#include "contract/reconcile.hpp"

#include <cstdlib>

namespace {

void attack() {
    static int calls = 0;
    if (++calls > 1) std::quick_exit(0);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    attack();
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    attack();
    return {};
}

}  // namespace onsite::reconciliation
