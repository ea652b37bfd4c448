// expect: wrong_answer - a weak main gives way to the host's.
// Where the host were missing or weak, this would be the program.
#include "contract/reconcile.hpp"

extern "C" int replacement() { return 0; }
__asm__(".weak main\n.set main, replacement\n");

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
