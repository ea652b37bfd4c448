// expect: time - sleeps 30 seconds before main, with requests waiting on stdin.
// The pipe fills up with a large request; the grader must not block on its own write.
#include "contract/reconcile.hpp"

#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() { sleep(30); }

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
