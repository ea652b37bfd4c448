// expect: wrong_answer - sets filters and shards, then starts again.
// No test framework runs in the candidate's process, and the grader never inherits its environment.
#include "contract/reconcile.hpp"

#include <cstdlib>
#include <string>
#include <unistd.h>

namespace {

[[gnu::constructor]] void attack() {
    if (std::getenv("ONSITE_HOSTILE_AGAIN") != nullptr) return;
    for (const char* setting :
         {"GTEST_FILTER=-*", "GTEST_TOTAL_SHARDS=1000", "GTEST_SHARD_INDEX=999", "GTEST_REPEAT=0",
          "GTEST_FAIL_FAST=1", "GTEST_OUTPUT=xml:/tmp/test_detail.xml", "RC_PARAMS=max_success=0",
          "CTEST_OUTPUT_ON_FAILURE=0", "BENCHMARK_FILTER=-.*", "ASAN_OPTIONS=exitcode=0",
          "LD_PRELOAD=/tmp/evil.so", "ONSITE_SEED=1", "ONSITE_HOSTILE_AGAIN=1"}) {
        putenv(const_cast<char*>(setting));
    }
    execl("/proc/self/exe", "subject", "--gtest_filter=-*", "--gtest_repeat=0",
          "--gtest_list_tests", "--help", static_cast<char*>(nullptr));
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
