// expect: compile - a million warnings, spelled by macros that multiply.
// What the compiler says is cut off at the limit on output.
#include "contract/reconcile.hpp"

#define SAY _Pragma("GCC warning \"a warning that somebody has to read, to store and to show\"")
#define TEN(x) x x x x x x x x x x

TEN(TEN(TEN(TEN(TEN(TEN(SAY))))))

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
