// expect: compile - includes the environment and the command line of the compiler.
// A secret that was passed to it would stand in the message.
#include "/proc/1/environ"
#include "/proc/self/cmdline"
#include "/proc/self/environ"
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
