#include "exercises/2-invoicing/checks/table_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/invoicing/answer.hpp"

namespace onsite::invoicing {
namespace {

using ::testing::HasSubstr;

TEST(TableChecksTest, NoTableIsSaidOnce) {
    const Answer answer(kFailures, "# Failure modes\n\nNone.\n");
    EXPECT_THAT(answer.judge("failures_are_detected_and_repaired").message,
                HasSubstr("10 rows or more, found 0"));
    EXPECT_EQ(answer.judge("failures_match_the_catalogue").percent, 0);
}

TEST(TableChecksTest, AnEmptyCellIsQuotedWithItsRow) {
    const Verdict verdict =
        Answer(kFailures, changed(kFailures, "| health checks of the cluster, 10 s |", "| |"))
            .judge("failures_are_detected_and_repaired");
    EXPECT_THAT(verdict.message, HasSubstr("failure-modes.md:"));
    EXPECT_THAT(verdict.message, HasSubstr("what notices it"));
}

}  // namespace
}  // namespace onsite::invoicing
