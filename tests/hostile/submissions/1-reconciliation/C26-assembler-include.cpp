// expect: compile - has the assembler read the passwords, whose errors quote what they read.
// The assembler follows no include path of the compiler's and no rule of the language.
#include "contract/reconcile.hpp"

__asm__(".include \"/etc/shadow\"\n");

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
