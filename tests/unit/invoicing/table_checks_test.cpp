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

TEST(TableChecksTest, WhatWasRejectedMayBeOneWord) {
    const std::string broker = "| A broker (NATS, SQS) beside the database |";
    for (const char* cell : {"| Kafka |", "| a sequence |", "| UUIDs |"}) {
        const Verdict verdict = Answer(kDesign, changed(kDesign, broker, cell))
                                    .judge("decisions_name_what_was_rejected");
        EXPECT_EQ(verdict.outcome, Outcome::pass) << verdict.message;
    }
    for (const char* cell : {"| - |", "| n/a |", "| None. |", "| tbd |", "| nothing |", "| ? |"}) {
        const Verdict verdict = Answer(kDesign, changed(kDesign, broker, cell))
                                    .judge("decisions_name_what_was_rejected");
        EXPECT_THAT(verdict.message, HasSubstr("what you could have done")) << cell;
    }
}

}  // namespace
}  // namespace onsite::invoicing
