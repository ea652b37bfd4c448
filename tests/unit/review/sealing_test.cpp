// Goal: nobody sees another's scores before everybody's are in.
#include "harness/review/sealing.hpp"

#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Review busy(const std::string& name) { return review_of(name, {began(), rated(3)}); }
Review done(const std::string& name) { return review_of(name, {began(), rated(3), completed()}); }
Review open(const std::string& name) {
    return review_of(name, {began(), rated(3), completed(), revealed()});
}

std::string refusal(const std::vector<Review>& reviews) {
    const auto names = reviewers_to_reveal(reviews);
    return names ? "" : names.error().message;
}

TEST(SealingTest, RefusesToRevealBeforeTwoAreComplete) {
    EXPECT_THAT(refusal({}), HasSubstr("found 0"));
    EXPECT_THAT(refusal({done("ada")}), HasSubstr("found 1"));
    EXPECT_THAT(refusal({done("ada"), busy("bob")}), HasSubstr("bob began and is not complete"));
}

TEST(SealingTest, RefusesWhileAThirdIsStillAtIt) {
    EXPECT_THAT(refusal({done("ada"), done("bob"), busy("eve")}), HasSubstr("eve"));
}

TEST(SealingTest, RefusesReviewsOfDifferentAnswers) {
    ReviewEvent other = began();
    other.content_hash = std::string(64, 'b');
    EXPECT_THAT(refusal({done("ada"), review_of("bob", {other, rated(1), completed()})}),
                HasSubstr("different answers"));
}

TEST(SealingTest, OpensThoseThatAreClosed) {
    EXPECT_THAT(*reviewers_to_reveal(std::vector{done("ada"), done("bob")}),
                ElementsAre("ada", "bob"));
    EXPECT_THAT(*reviewers_to_reveal(std::vector{open("ada"), open("bob"), done("eve")}),
                ElementsAre("eve"));
    EXPECT_THAT(*reviewers_to_reveal(std::vector{open("ada"), open("bob")}), IsEmpty());
}

TEST(SealingTest, ShowsASingleReviewOnlyWhenItIsComplete) {
    EXPECT_FALSE(ballots_to_show(std::vector{busy("ada")}));
    EXPECT_EQ(ballots_to_show(std::vector{done("ada")})->size(), 1u);
}

TEST(SealingTest, ShowsNothingOfTwoBeforeTheReveal) {
    EXPECT_FALSE(ballots_to_show(std::vector{done("ada"), done("bob")}));
    EXPECT_FALSE(ballots_to_show(std::vector{done("ada"), busy("bob")}));
    EXPECT_FALSE(ballots_to_show(std::vector<Review>{}));
    EXPECT_EQ(ballots_to_show(std::vector{open("ada"), open("bob")})->size(), 2u);
}

}  // namespace
}  // namespace onsite::testing
