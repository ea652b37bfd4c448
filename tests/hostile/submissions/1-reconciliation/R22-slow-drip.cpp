// expect: time or protocol - a byte every 50 ms for 30 seconds, never a newline.
// Bytes that arrive do not make the deadline of a reply later.
#include "contract/reconcile.hpp"

#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() {
    for (int byte = 0; byte < 600; ++byte) {
        if (write(STDOUT_FILENO, "{", 1) != 1) return;
        usleep(50'000);
    }
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
