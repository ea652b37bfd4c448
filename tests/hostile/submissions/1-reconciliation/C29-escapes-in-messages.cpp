// expect: wrong_answer - compiles, with a message and prints that talk to the terminal.
// Control characters of a warning, of stderr and of a thrown text are escaped.
#include "contract/reconcile.hpp"

#include <cstdio>

#pragma message("\033]0;pwned\007\033[2J\033[H\033[32mPASS\033[0m")
#pragma message("]0;pwned[2J[32mPASS[0m")

namespace {

void attack() {
    std::fputs("\033]0;pwned\007\033[2J\033[H\033[32mPASS\033[0m 100 / 100\r\xE2\x80\xAE 001\n",
               stderr);
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
