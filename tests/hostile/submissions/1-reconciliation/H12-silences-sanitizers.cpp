// expect: compile - own defaults for the sanitizers, which the host has defined.
// Two definitions of one hook do not link, with or without a sanitizer.
#include "contract/reconcile.hpp"

extern "C" const char* __asan_default_options() {
    return "halt_on_error=0:detect_leaks=0:exitcode=0:log_path=/tmp/asan";
}
extern "C" const char* __ubsan_default_options() { return "halt_on_error=0:exitcode=0"; }
extern "C" void __asan_on_error() {}

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
