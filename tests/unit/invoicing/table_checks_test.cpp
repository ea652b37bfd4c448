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

std::string failures_of(const std::string& failure, const std::string& answer) {
    std::string page = "| failure | scenario | detected by | repaired by |\n|---|---|---|---|\n";
    for (int i = 0; i < 10; ++i) {
        page += "| " + failure + (failure.ends_with(' ') ? std::to_string(i) : "") + " | - | " +
                answer + (answer.ends_with(' ') ? std::to_string(i) : "") + " |\n";
    }
    return page;
}

TEST(TableChecksTest, WhatIsSaidOfEveryFailureRepairsNone) {
    constexpr const char* kCheck = "failures_are_detected_and_repaired";
    const std::string answer = "an alert on age | the sweeper asks again ";
    EXPECT_EQ(Answer(kFailures, failures_of("crash ", answer)).judge(kCheck).outcome,
              Outcome::pass);
    // Of 31 things, 9 rows repeat the failure of the first, and 8 the answer of the first two.
    EXPECT_EQ(Answer(kFailures, failures_of("It fails", answer)).judge(kCheck).percent, 70);
    const Verdict same =
        Answer(kFailures, failures_of("crash ", "we monitor it | we retry it")).judge(kCheck);
    EXPECT_EQ(same.percent, 74);
    EXPECT_THAT(same.message, HasSubstr("this failure and not any other"));
}

TEST(TableChecksTest, ARepairThatIsPutOffIsNone) {
    for (const char* put_off : {"to be decided by the team", "Not known yet to us",
                                "we would look into that", "nothing to be done here"}) {
        const Verdict verdict =
            Answer(kFailures,
                   failures_of("crash ", "an alert on age | " + std::string(put_off) + " "))
                .judge("failures_are_detected_and_repaired");
        EXPECT_THAT(verdict.message, HasSubstr("what puts it right")) << put_off;
    }
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
