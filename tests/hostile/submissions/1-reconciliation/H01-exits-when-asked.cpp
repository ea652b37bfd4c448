// expect: crash - answers with a clean exit status instead of a reply.
// The first request has arrived, so the grader has proof that the program started.
#include "contract/reconcile.hpp"

#include <cstdlib>

namespace {

[[noreturn]] void attack() { std::exit(0); }

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
