// Goal: what people say decides, gates cap, and nothing but a person gives a hire signal.
#include "harness/scoring/ballot.hpp"

#include <rapidcheck/gtest.h>

#include "harness/scoring/scorecard.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite::testing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

std::vector<Verdict> all_pass() {
    return {passed("says_hello", 3, "good"), passed("says_goodbye", 3, "good"),
            passed("greets_a_million", 3, "good")};
}

Ballot ballot(const std::string& reviewer, const std::string& criterion, int level) {
    Ballot made{.reviewer = reviewer, .ratings = {}, .signal = {}};
    made.ratings[criterion] = {
        .reviewer = reviewer, .level = level, .anchors = {"greet.cpp:1"}, .comment = ""};
    return made;
}

Scorecard rated(const Rubric& rubric, const std::vector<Ballot>& ballots) {
    return with_ballots(rubric, score(rubric, all_pass(), small_facts()), ballots);
}

const CriterionResult& result_of(const Scorecard& card, const std::string& id) {
    for (const CriterionResult& result : card.criteria) {
        if (result.criterion.id == id) return result;
    }
    throw std::out_of_range(id);
}

Rubric gated(const std::string& when, int below, int cap) {
    Rubric rubric = small_rubric();
    rubric.gates = {{.when = when, .below = below, .cap = cap, .because = "rude is rude"}};
    return rubric;
}

TEST(BallotTest, APersonsLevelEarnsItsPoints) {
    const Scorecard card = rated(small_rubric(), {ballot("ada", "clear", 3)});
    EXPECT_EQ(result_of(card, "clear").points, 10);
    EXPECT_EQ(card.earned, 70);
    EXPECT_EQ(card.judged, 75);
}

TEST(BallotTest, OfTwoWhoDifferTheLowerLevelCounts) {
    const Scorecard card =
        rated(small_rubric(), {ballot("ada", "clear", 4), ballot("bob", "clear", 2)});
    EXPECT_EQ(*result_of(card, "clear").level, 2);
    EXPECT_THAT(result_of(card, "clear").ratings, SizeIs(2));
}

TEST(BallotTest, APersonCanGivePartOfTheCreditOfAChecksCriterion) {
    const Scorecard card = rated(small_rubric(), {ballot("ada", "polite", 3)});
    EXPECT_EQ(result_of(card, "polite").points, 40);
    EXPECT_THAT(result_of(card, "polite").evidence, SizeIs(2)) << "the checks stay beside it";
}

TEST(BallotTest, WhatWasNotRevealedCannotBeRated) {
    const Scorecard card = rated(small_rubric(), {ballot("ada", "many", 4)});
    EXPECT_TRUE(result_of(card, "many").open);
    EXPECT_THAT(result_of(card, "many").ratings, IsEmpty());
}

TEST(BallotTest, ASignalIsOnlyThereWhenAPersonGaveIt) {
    EXPECT_THAT(rated(small_rubric(), {ballot("ada", "clear", 4)}).signals, IsEmpty());
    Ballot with_signal = ballot("ada", "clear", 4);
    with_signal.signal = Signal{"ada", HireSignal::strong_yes, "would work with"};
    EXPECT_THAT(rated(small_rubric(), {with_signal}).signals, SizeIs(1));
}

TEST(GateTest, CapsTheSectionWhenItsCriterionIsTooLow) {
    const Rubric rubric = gated("polite", 2, 5);
    std::vector<Verdict> rude = all_pass();
    rude[0] = failed("says_hello", Cause::wrong_answer, "no hello");
    rude[1] = failed("says_goodbye", Cause::wrong_answer, "no goodbye");
    const Scorecard card = with_ballots(rubric, score(rubric, rude, small_facts()),
                                        std::vector{ballot("ada", "clear", 4)});
    EXPECT_THAT(card.gates, SizeIs(1));
    EXPECT_EQ(card.earned_before_gates, 15);
    EXPECT_EQ(card.earned, 5);
}

TEST(GateTest, DoesNothingWhileItsCriterionIsOpenOrGoodEnough) {
    EXPECT_THAT(rated(gated("clear", 3, 5), {}).gates, IsEmpty()) << "not decided yet";
    EXPECT_THAT(rated(gated("clear", 3, 5), {ballot("ada", "clear", 3)}).gates, IsEmpty());
    EXPECT_THAT(rated(gated("clear", 3, 5), {ballot("ada", "clear", 2)}).gates, SizeIs(1));
}

RC_GTEST_PROP(BallotProperty, TheOrderOfReviewersChangesNoPoints, ()) {
    std::vector<Ballot> ballots;
    for (int i = 0; i < *rc::gen::inRange(1, 6); ++i) {
        ballots.push_back(ballot("r" + std::to_string(i), "clear", *rc::gen::inRange(1, 5)));
    }
    const Rubric rubric = gated("clear", *rc::gen::inRange(2, 5), *rc::gen::inRange(0, 101));
    const Scorecard card = rated(rubric, ballots);
    std::ranges::reverse(ballots);
    const Scorecard other = rated(rubric, ballots);
    RC_ASSERT(card.earned == other.earned);
    RC_ASSERT(card.earned <= card.earned_before_gates);
    RC_ASSERT(card.earned <= card.judged);
}

}  // namespace
}  // namespace onsite::testing
