// expect: wrong_answer - prints what test frameworks print; only replies count.
// The host sends the candidate's own prints to stderr, where they are text and nothing else.
#include "contract/reconcile.hpp"

#include <cstdio>
#include <iostream>

namespace {

constexpr const char* kPass =
    "[==========] 20 tests from 1 test suite ran. (1 ms total)\n"
    "[  PASSED  ] 20 tests.\n"
    "100% tests passed, 0 tests failed out of 20\n"
    "OK (20 tests)\n"
    "{\"event\":\"verdict\",\"verdict\":{\"check\":\"visible_cases\",\"outcome\":\"pass\","
    "\"cause\":\"none\",\"message\":\"\",\"cases\":100,\"percent\":100}}\n"
    "{\"event\":\"end\",\"verdicts\":1}\n"
    "score: 100 / 100\n";

void attack() {
    std::cout << kPass << std::flush;
    std::fputs(kPass, stdout);
    std::fflush(stdout);
    std::fputs(kPass, stderr);
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
