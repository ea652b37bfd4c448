// Goal: whoever changes a rubric sees which words change and who moves, before it is applied.
#include "harness/scoring/rubric_diff.hpp"

#include <rapidcheck/gtest.h>

#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

StoredScore stored() {
    return {.facts = small_facts(),
            .verdicts = {passed("says_hello", 3, "good"),
                         failed("says_goodbye", Cause::wrong_answer, "left without a word"),
                         not_run("greets_a_million", "not revealed")},
            .ballots = {}};
}

Rubric next_version() {
    Rubric rubric = small_rubric();
    rubric.version = 2;
    return rubric;
}

TEST(RubricDiffTest, TheSameRubricMovesNobody) {
    EXPECT_THAT(rubric_changes(small_rubric(), small_rubric()), IsEmpty());
    const Move move = move_of(small_rubric(), small_rubric(), stored());
    EXPECT_FALSE(move.is_moved());
    EXPECT_THAT(move.why, IsEmpty());
}

TEST(RubricDiffTest, ALowerBarMovesWhoWasBelowIt) {
    Rubric milder = next_version();
    milder.criteria[0].levels[2].percent = 50;
    EXPECT_THAT(rubric_changes(small_rubric(), milder),
                ElementsAre("polite: level 3 from 50 percent instead of 80"));
    const Move move = move_of(small_rubric(), milder, stored());
    EXPECT_EQ(move.before, 20);
    EXPECT_EQ(move.after, 40);
    EXPECT_THAT(move.why, ElementsAre("polite: level 2 (20 of 60) -> level 3 (40 of 60)"));
    EXPECT_THAT(moves_text(std::vector{move}, false), HasSubstr("1 of 1 attempts would move"));
}

TEST(RubricDiffTest, NamesWhatIsGoneWhatIsNewAndWhatWeighsOtherwise) {
    Rubric changed = next_version();
    changed.criteria[0].weight = 50;
    changed.criteria[1].id = "crowds";
    changed.criteria[1].weight = 35;
    const auto changes = rubric_changes(small_rubric(), changed);
    EXPECT_THAT(changes, Contains("polite: weighs 50 instead of 60"));
    EXPECT_THAT(changes, Contains("many: is gone, with its 25 points"));
    EXPECT_THAT(changes, Contains("crowds: is new, with 35 points: Greets many"));
}

TEST(RubricDiffTest, ANewGateSaysWhomItCaps) {
    Rubric gated = next_version();
    gated.gates = {{.when = "polite", .below = 3, .cap = 10, .because = "rude"}};
    const Move move = move_of(small_rubric(), gated, stored());
    EXPECT_EQ(move.after, 10);
    EXPECT_THAT(move.why, ElementsAre("capped at 10: polite"));
    EXPECT_THAT(move_of(gated, small_rubric(), stored()).why,
                ElementsAre("no longer capped at 10: polite"));
}

TEST(RubricDiffTest, AsksForAHigherVersion) {
    Rubric same_version = small_rubric();
    same_version.criteria[0].title = "Is polite";
    EXPECT_THAT(rubric_changes(small_rubric(), same_version),
                Contains(HasSubstr("should rise above 1")));
}

TEST(RubricDiffTest, ShowsWhoStaysOnlyWhenAsked) {
    const std::vector moves = {move_of(small_rubric(), small_rubric(), stored())};
    EXPECT_THAT(moves_text(moves, false), Not(HasSubstr("greeting-2")));
    EXPECT_THAT(moves_text(moves, true), HasSubstr("greeting-2"));
}

RC_GTEST_PROP(RubricDiffProperty, ThereAndBackIsTheOppositeMove, ()) {
    Rubric other = next_version();
    other.criteria[0].levels[1].percent = *rc::gen::inRange(1, 60);
    other.criteria[0].levels[2].percent = *rc::gen::inRange(60, 99);
    other.gates = {{.when = "polite",
                    .below = *rc::gen::inRange(2, 5),
                    .cap = *rc::gen::inRange(0, 101),
                    .because = "rude"}};
    const Move there = move_of(small_rubric(), other, stored());
    const Move back = move_of(other, small_rubric(), stored());
    RC_ASSERT(there.before == back.after);
    RC_ASSERT(there.after == back.before);
}

}  // namespace
}  // namespace onsite::testing
