// expect: crash or wrong_answer - the parent exits 0, a child goes on.
// The box ends with its first process, and takes the child along.
#include "contract/reconcile.hpp"

#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() {
    if (fork() > 0) _exit(0);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
