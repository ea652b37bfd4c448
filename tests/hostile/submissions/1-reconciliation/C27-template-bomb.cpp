// expect: compile - four million template instantiations.
// Bounded: the depth is 22; each level doubles their number.
#include "contract/reconcile.hpp"

namespace {

template <int Depth, unsigned Path>
struct Tree {
    static constexpr unsigned kLeaves =
        Tree<Depth - 1, 2 * Path>::kLeaves + Tree<Depth - 1, 2 * Path + 1>::kLeaves;
};
template <unsigned Path>
struct Tree<0, Path> {
    static constexpr unsigned kLeaves = 1;
};
static_assert(Tree<22, 0>::kLeaves == 1U << 22);

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
