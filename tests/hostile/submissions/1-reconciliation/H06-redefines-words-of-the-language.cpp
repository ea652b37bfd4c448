// expect: wrong_answer - macros that turn assertions and comparisons into nothing.
// No file of the grader is compiled after this one, and the host was compiled before it.
#define EXPECT_EQ(...) static_cast<void>(0)
#define ASSERT_EQ(...) static_cast<void>(0)
#define EXPECT_TRUE(...) static_cast<void>(0)
#define RC_ASSERT(...) static_cast<void>(0)
#define TEST(suite, name) [[maybe_unused]] static void suite##_##name()
#define NDEBUG 1

#include "contract/reconcile.hpp"

#define private public
#define noexcept
#define static_assert(...)

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
