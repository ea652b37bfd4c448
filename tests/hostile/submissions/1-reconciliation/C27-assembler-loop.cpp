// expect: compile - the assembler repeats four instructions 20 million times.
// Bounded by the count: 640 MB of text for an object file of 80 MB.
#include "contract/reconcile.hpp"

__asm__(
    ".section .text.onsite_hostile, \"ax\"\n"
    ".rept 20000000\n"
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
