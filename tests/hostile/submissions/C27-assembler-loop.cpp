// expect: compile - the assembler repeats four instructions a billion times.
// Bounded by the count; the object file would have 4 GB.
#include "contract/reconcile.hpp"

__asm__(
    ".section .text.onsite_hostile, \"ax\"\n"
    ".rept 1000000000\n"
    "nop\n"
    "nop\n"
    "nop\n"
    "nop\n"
    ".endr\n"
    ".text\n");

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
