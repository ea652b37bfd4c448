// expect: wrong_answer or crash - a heap overflow marked as not to be checked.
// Weak hooks give way to the host's; what the attribute hides earns nothing.
#include "contract/reconcile.hpp"

extern "C" [[gnu::weak]] const char* __asan_default_options() { return "exitcode=0"; }
extern "C" [[gnu::weak]] int __lsan_is_turned_off() { return 1; }

namespace {

// Writes one byte past the end.
__attribute__((no_sanitize("address", "undefined"), noinline)) void attack() {
    const std::size_t size = 24;
    char* const block = new char[size];
    volatile char* const end = block + size;
    *end = 1;
    delete[] block;
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    attack();
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    attack();
    return {};
}

}  // namespace onsite::reconciliation
