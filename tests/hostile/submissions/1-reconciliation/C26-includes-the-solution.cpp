// expect: wrong_answer - includes the reference solution where an include path reaches it.
// The compiler's box holds the candidate's file and the contract, not the repository.
#include "contract/reconcile.hpp"

#if __has_include("solutions/1-reconciliation/cpp/reconcile.cpp")
#include "solutions/1-reconciliation/cpp/reconcile.cpp"
#elif __has_include("../solutions/1-reconciliation/cpp/reconcile.cpp")
#include "../solutions/1-reconciliation/cpp/reconcile.cpp"
#elif __has_include("../../solutions/1-reconciliation/cpp/reconcile.cpp")
#include "../../solutions/1-reconciliation/cpp/reconcile.cpp"
#elif __has_include("../../../solutions/1-reconciliation/cpp/reconcile.cpp")
#include "../../../solutions/1-reconciliation/cpp/reconcile.cpp"
#elif __has_include("../../../../solutions/1-reconciliation/cpp/reconcile.cpp")
#include "../../../../solutions/1-reconciliation/cpp/reconcile.cpp"
#elif __has_include("../../../../../solutions/1-reconciliation/cpp/reconcile.cpp")
#include "../../../../../solutions/1-reconciliation/cpp/reconcile.cpp"
#else

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation

#endif
