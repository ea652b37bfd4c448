// expect: compile - an #error that talks to the terminal: title, clipboard, colours, clear.
// Control characters reach no terminal and no report: they are escaped.
#include "contract/reconcile.hpp"

#error "]0;pwned]52;c;cHduZWQ=[2J[H[32mPASS[0m 100 / 100"

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
