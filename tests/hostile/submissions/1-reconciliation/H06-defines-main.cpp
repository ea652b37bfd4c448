// expect: compile - a second main beside the host's does not link.
// With it the candidate would decide what the program says.
#include "contract/reconcile.hpp"

#include <cstdio>

int main() { std::puts("[  PASSED  ] 20 tests."); }

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
