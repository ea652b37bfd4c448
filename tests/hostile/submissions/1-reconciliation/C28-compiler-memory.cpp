// expect: compile - an initialiser of 100 million numbers, spelled by macros that multiply.
// Bounded by the count; the compiler needs many bytes for each.
#include "contract/reconcile.hpp"

#define TEN(x) x, x, x, x, x, x, x, x, x, x

namespace {

[[gnu::used]] const int kNumbers[] = {TEN(TEN(TEN(TEN(TEN(TEN(TEN(TEN(1))))))))};

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
