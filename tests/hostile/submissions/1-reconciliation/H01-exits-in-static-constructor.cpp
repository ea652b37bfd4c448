// expect: crash - exits with 0 before main; no reply, no pass.
// A grader that believes an exit status takes this for success.
#include "contract/reconcile.hpp"

#include <unistd.h>

namespace {

struct Attack {
    Attack() { _exit(0); }
};
const Attack attack;

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
