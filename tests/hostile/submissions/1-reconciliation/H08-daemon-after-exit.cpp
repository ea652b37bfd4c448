// expect: crash - the program exits at once and leaves a daemon with the pipes.
// The end is seen when the first process ends, not when the last descriptor closes.
#include "contract/reconcile.hpp"

#include <unistd.h>

namespace {

// Bounded: the daemon ends after 15 seconds.
[[gnu::constructor]] void attack() {
    if (fork() != 0) _exit(0);
    setsid();
    if (fork() != 0) _exit(0);
    sleep(15);
    _exit(0);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
