// expect: wrong_answer - operators that call every two things equal.
// Answers are compared in another process, by code that was compiled without this file.
#include "contract/reconcile.hpp"

namespace onsite::reconciliation {

template <typename Other>
bool operator==(const Reconciliation&, const Other&) {
    return true;
}
template <typename Other>
bool operator!=(const Reconciliation&, const Other&) {
    return false;
}
inline bool operator==(const Unmatched&, const Unmatched&) { return true; }
inline bool operator==(const Discrepancy&, const Discrepancy&) { return true; }
inline bool operator==(const Rejected&, const Rejected&) { return true; }

}  // namespace onsite::reconciliation

namespace std {

inline bool operator==(const vector<onsite::reconciliation::Unmatched>&,
                       const vector<onsite::reconciliation::Unmatched>&) {
    return true;
}

}  // namespace std

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
