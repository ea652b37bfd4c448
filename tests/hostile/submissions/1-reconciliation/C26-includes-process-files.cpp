// expect: compile or wrong_answer - includes the environment and words of the compiler.
// A secret that was passed to it would stand in the message. Files without a size read as empty.
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
