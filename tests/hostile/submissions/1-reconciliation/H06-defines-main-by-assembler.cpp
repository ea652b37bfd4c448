// expect: compile - the symbol main made by the assembler.
// The compiler does not see it, the linker does.
#include "contract/reconcile.hpp"

__asm__(
    ".globl main\n"
    ".type main, @function\n"
    "main:\n"
    "    xorl %eax, %eax\n"
    "    ret\n");

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
