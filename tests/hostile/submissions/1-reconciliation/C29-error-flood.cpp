// expect: compile - errors whose names grow with every level of a template.
// What the compiler says is cut off at the limit on output.
#include "contract/reconcile.hpp"

namespace {

template <typename Left, typename Right>
struct Pair {};

template <int Depth, typename Name>
struct Grow {
    static_assert(sizeof(Name) == 0, "no type has the size zero");
    static constexpr int kEnd = Grow<Depth - 1, Pair<Name, Name>>::kEnd;
};
template <typename Name>
struct Grow<0, Name> {
    static constexpr int kEnd = Name::a_member_that_does_not_exist;
};
[[gnu::used]] const int kFlood = Grow<20, int>::kEnd;

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
