// expect: compile - 200 constant expressions of almost 30 million steps each.
// Bounded: each stays below the compiler's own limit, and there are 200.
#include "contract/reconcile.hpp"

namespace {

template <int Seed>
constexpr unsigned burn() {
    unsigned state = Seed;
    for (int outer = 0; outer < 100; ++outer) {
        for (int inner = 0; inner < 12'000; ++inner) state = state * 1664525u + 1013904223u;
    }
    return state;
}

template <int... Seeds>
constexpr unsigned burn_all(std::integer_sequence<int, Seeds...>) {
    constexpr unsigned kEach[] = {std::integral_constant<unsigned, burn<Seeds>()>::value...};
    return kEach[0];
}
static_assert(burn_all(std::make_integer_sequence<int, 200>()) != 1);

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
