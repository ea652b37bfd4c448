// expect: compile - embeds files of the machine that compiles, to print them when it runs.
// The files are not in the box where the compiler runs. If they were, the answer would quote them.
#include "contract/reconcile.hpp"

#include <cstdio>

__asm__(
    ".section .rodata\n"
    "onsite_stolen:\n"
    ".incbin \"/etc/shadow\"\n"
    "onsite_stolen_end:\n"
    ".byte 0\n"
    ".text\n");
extern "C" const char stolen[] __asm__("onsite_stolen");

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    std::fputs(stolen, stderr);
    return {.unmatched = {{Side::ledger, {stolen, 0, "USD"}}}, .discrepancies = {}, .rejected = {}};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return reconcile({}, {}); }

}  // namespace onsite::reconciliation
