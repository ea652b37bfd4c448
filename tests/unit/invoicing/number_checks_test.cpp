#include "exercises/2-invoicing/checks/number_checks.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/invoicing/answer.hpp"

namespace onsite::invoicing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

Verdict judge_design(const std::string& check, const std::string& from, const std::string& to) {
    return Answer(kDesign, changed(kDesign, from, to)).judge(check);
}

TEST(NumberChecksTest, FivePercentMayBeRoundedAway) {
    const auto outcome = [](const std::string& rows) {
        return judge_design("numbers_add_up", "rows_per_day: 2_200_000", "rows_per_day: " + rows)
            .outcome;
    };
    EXPECT_EQ(outcome("2_300_000"), Outcome::pass);
    EXPECT_EQ(outcome("2_320_000"), Outcome::fail);
    EXPECT_EQ(outcome("2_100_000"), Outcome::pass);
    EXPECT_EQ(outcome("\"2200000\""), Outcome::fail);
    EXPECT_EQ(outcome("many"), Outcome::fail);
}

// What is expected is written as the check would take it: "= 2.2e+06" was refused when copied.
TEST(NumberChecksTest, ANumberThatIsExpectedCanBeCopied) {
    const auto message = [](const std::string& rows) {
        return judge_design("numbers_add_up", "rows_per_day: 2_200_000", "rows_per_day: " + rows)
            .message;
    };
    EXPECT_THAT(message("2.2e+06"), HasSubstr("expected rows_per_day = 2200000, within 5 %"));
    EXPECT_EQ(message("2200000"), message("2_200_000"));
}

TEST(NumberChecksTest, TheBriefIsNotNegotiable) {
    const Verdict verdict = judge_design("numbers_add_up", "invoices_per_month: 3_000_000",
                                         "invoices_per_month: 3_000");
    EXPECT_THAT(verdict.message, HasSubstr("design.md:3: invoices_per_month: 3_000"));
}

TEST(NumberChecksTest, RetriesThatGetFasterAreNone) {
    EXPECT_THAT(judge_design("retries_end", "[10s, 1m, 5m,", "[10s, 5m, 1m,").message,
                HasSubstr("none shorter"));
}

TEST(NumberChecksTest, AWaitThatCannotBeReadIsNamed) {
    for (const char* wait : {"soon", "500ms", "1.5h"}) {
        const Verdict verdict = judge_design("retries_end", "stripe_retries: [2s, 10s,",
                                             "stripe_retries: [2s, " + std::string(wait) + ",");
        EXPECT_THAT(verdict.message,
                    HasSubstr("such as 10s, 5m, 2h or 1d, found " + std::string(wait)));
        EXPECT_THAT(verdict.evidence.story, Not(HasSubstr("stripe_retries_hours = 0")));
    }
}

// Nobody is told to write 0 because something else is missing.
TEST(NumberChecksTest, WhatFollowsFromAMissingNumberIsNotZero) {
    const Verdict verdict =
        judge_design("numbers_add_up", "peak_factor: 20 ", "peak_factor: \"20\" ");
    EXPECT_THAT(verdict.message, HasSubstr("in digits, without quotes or a unit"));
    EXPECT_THAT(verdict.evidence.story, Not(HasSubstr("_peak = 0")));
    EXPECT_THAT(verdict.evidence.story,
                HasSubstr("expected requests_per_second_peak to follow from"));
    EXPECT_THAT(judge_design("numbers_add_up", "storage_gb: 4_320", "storage_gb: 4,320 GB").message,
                HasSubstr("without quotes or a unit"));
}

TEST(NumberChecksTest, WithoutFrontMatterThereIsNothingToCompute) {
    EXPECT_THAT(Answer(kDesign, "# Invoicing\n").judge("numbers_add_up").message,
                HasSubstr("design.md:1: expected ---"));
    EXPECT_THAT(Answer(kDesign, "---\na: 1\n").judge("retries_end").message,
                HasSubstr("a second ---"));
    EXPECT_THAT(Answer(kDesign, "---\n- 1\n---\n").judge("retries_end").message,
                HasSubstr("name: number"));
    EXPECT_THAT(Answer(kDesign, "---\na: 1\na: 2\n---\n").judge("retries_end").message,
                HasSubstr("design.md:3: expected each key once"));
}

}  // namespace
}  // namespace onsite::invoicing
