// expect: compile - has the compiler quote lines of another file in its message.
// A diagnostic shows the line it is about, from the file that a #line directive names.
#include "contract/reconcile.hpp"
#line 1 "/etc/shadow"
onsite_hostile_one;
#line 1 "/etc/passwd"
onsite_hostile_two;
#line 1 "/proc/1/environ"
onsite_hostile_four;
#line 1 "/proc/self/environ"
onsite_hostile_three;

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
