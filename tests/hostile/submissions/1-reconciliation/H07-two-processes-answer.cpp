// expect: forged or protocol or wrong_answer - two hosts share one stdin.
// Both answer what they happen to read; a reply too many is a forged one.
#include "contract/reconcile.hpp"

#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() { [[maybe_unused]] const pid_t twin = fork(); }

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
