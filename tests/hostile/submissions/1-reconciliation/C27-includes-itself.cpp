// expect: compile - includes itself twice, 24 deep: 16 million inclusions.
// Bounded by the depth.
#if __INCLUDE_LEVEL__ < 24
#include __FILE__
#include __FILE__
#endif
#ifndef ONSITE_HOSTILE_ONCE
#define ONSITE_HOSTILE_ONCE
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

#endif
