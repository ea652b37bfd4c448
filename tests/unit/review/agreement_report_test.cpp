// Goal: agreement is measured on independent votes only, of reviews that are open, and a second
// round tells how far a reviewer agrees with themselves.
#include "harness/review/agreement_report.hpp"

#include "harness/review/calibration.hpp"
#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

Review open(const std::string& name, int level) {
    return review_of(name, {began(), rated(level), completed(), revealed()});
}

const CriterionAgreement& all_of(const AgreementReport& report) { return report.criteria.back(); }

std::vector<ReviewedAttempt> three_attempts() {
    return {{"g-1", {open("ada", 1), open("bob", 1)}},
            {"g-2", {open("ada", 3), open("bob", 3)}},
            {"g-3", {open("ada", 4), open("bob", 4)}}};
}

TEST(AgreementReportTest, IsOneWhenAllSayTheSame) {
    const AgreementReport report = agreement_of(three_attempts(), 1);
    EXPECT_EQ(report.attempts, 3);
    EXPECT_EQ(*all_of(report).alpha, 1.0);
    EXPECT_EQ(report.pairs.front().consistency.equal, 3);
    EXPECT_THAT(agreement_text(report), HasSubstr("ada and bob: 3 of 3 equal"));
}

TEST(AgreementReportTest, LeavesSealedReviewsOut) {
    auto attempts = three_attempts();
    attempts.push_back({"g-4",
                        {review_of("ada", {began(), rated(1), completed()}),
                         review_of("bob", {began(), rated(4), completed()})}});
    const AgreementReport report = agreement_of(attempts, 1);
    EXPECT_EQ(report.attempts, 3);
    EXPECT_EQ(report.sealed, 1);
    EXPECT_EQ(*all_of(report).alpha, 1.0);
}

TEST(AgreementReportTest, AVoteAfterTheRevealDoesNotMakeTwoAgree) {
    auto attempts = three_attempts();
    attempts[0].reviews[1] =
        review_of("bob", {began(), rated(4), completed(), revealed(), rated(1)});
    EXPECT_LT(*all_of(agreement_of(attempts, 1)).alpha, 1.0);
}

TEST(AgreementReportTest, ASecondRoundIsComparedWithTheFirst) {
    const std::vector<ReviewedAttempt> attempts = {
        {"g-1",
         {review_of("ada", {began(), rated(3), completed(), began(2), rated(2), completed()})}}};
    const AgreementReport report = agreement_of(attempts, 1);
    ASSERT_EQ(report.selves.size(), 1u);
    EXPECT_EQ(report.selves.front().consistency.sum_of_shifts, -1);
}

TEST(AgreementReportTest, SaysNothingOfNothing) {
    const AgreementReport report = agreement_of({}, 1);
    EXPECT_FALSE(all_of(report).alpha);
    EXPECT_THAT(agreement_text(report), HasSubstr("0 attempts"));
}

TEST(CalibrationResultTest, ComparesWithWhatWasAgreedInTheOrderOfTime) {
    CalibrationEntry entry{.name = "01", .agreed = {{"clear", {.level = 3}}}};
    CalibrationEntry other{.name = "02", .agreed = {{"clear", {.level = 2}}}};
    ReviewEvent later = began();
    later.at_ms = 9;
    const auto result =
        calibration_result({{&entry, review_of("ada", {later, rated(1), completed()})},
                            {&other, review_of("ada", {began(), rated(2), completed()})},
                            {&other, review_of("bob", {began()})}});
    EXPECT_EQ(result.entries, 3);
    EXPECT_EQ(result.entries_done, 2);
    EXPECT_EQ(result.pairs, (std::vector<RatedPair>{{2, 2}, {3, 1}}));
    EXPECT_THAT(calibration_text(result), HasSubstr("you grew harsher"));
}

// The criteria of one attempt have an order of the alphabet, not of time.
TEST(CalibrationResultTest, SaysNothingOfADriftAfterOneAttempt) {
    CalibrationEntry entry{.name = "01", .agreed = {{"clear", {.level = 3}}}};
    auto result =
        calibration_result({{&entry, review_of("ada", {began(), rated(1), completed()})}});
    result.pairs = {{1, 1}, {4, 1}};
    EXPECT_THAT(calibration_text(result), ::testing::Not(HasSubstr("you grew")));
}

}  // namespace
}  // namespace onsite::testing
