// Goal: points are earned by proof only. Each test is one rule of the header, on a rubric with one
// criterion of each kind.
#include "harness/scoring/scorecard.hpp"

#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite {
namespace {

using onsite::testing::small_facts;
using onsite::testing::small_rubric;
using ::testing::HasSubstr;

Verdict pass(const std::string& check) { return passed(check, 100, "100 inputs agree"); }
Verdict fail(const std::string& check) {
    return failed(check, Cause::wrong_answer, "expected 1, found 2");
}
Verdict partly(const std::string& check, int percent) {
    Verdict verdict = fail(check);
    verdict.percent = percent;
    return verdict;
}
Verdict undecided(const std::string& check) {
    Verdict verdict = not_run(check, "too noisy");
    verdict.cause = Cause::time;
    return verdict;
}

Scorecard score_of(const std::vector<Verdict>& verdicts, int followups_revealed = 0) {
    GradeFacts facts = small_facts();
    facts.followups_revealed = followups_revealed;
    return score(small_rubric(), verdicts, facts);
}
CriterionResult polite(const std::vector<Verdict>& verdicts) {
    return score_of(verdicts).criteria[0];
}

TEST(ScorecardTest, GivesTheLevelThatTheMeanReaches) {
    struct Row {
        int one, other, level, points;
    };
    const std::vector<Row> rows = {{0, 0, 1, 0},      {0, 79, 1, 0},   {0, 80, 2, 20},
                                   {79, 80, 2, 20},   {80, 80, 3, 40}, {99, 100, 3, 40},
                                   {100, 100, 4, 60}, {100, 0, 2, 20}};
    for (const Row& row : rows) {
        const auto result =
            polite({partly("says_hello", row.one), partly("says_goodbye", row.other)});
        EXPECT_EQ(result.level, row.level) << row.one << " and " << row.other;
        EXPECT_EQ(result.points, row.points) << row.one << " and " << row.other;
    }
}

TEST(ScorecardTest, RoundsPointsToTheNearest) {
    struct Row {
        int weight, level_2, level_3;
    };
    for (const Row& row : std::vector<Row>{{22, 7, 15}, {10, 3, 7}, {5, 2, 3}, {1, 0, 1}}) {
        Rubric rubric = small_rubric();
        rubric.criteria[0].weight = row.weight;
        const auto points = [&](int percent) {
            const std::vector<Verdict> verdicts = {partly("says_hello", percent),
                                                   partly("says_goodbye", percent)};
            return score(rubric, verdicts, small_facts()).criteria[0].points;
        };
        EXPECT_EQ(points(40), row.level_2) << row.weight;
        EXPECT_EQ(points(80), row.level_3) << row.weight;
        EXPECT_EQ(points(100), row.weight);
    }
}

TEST(ScorecardTest, QuotesTheBehaviourOfTheLevel) {
    EXPECT_EQ(polite({pass("says_hello"), fail("says_goodbye")}).why, "greets some people");
}

TEST(ScorecardTest, LeavesOpenWhatAPersonJudges) {
    const CriterionResult clear = score_of({pass("says_hello"), pass("says_goodbye")}).criteria[2];
    EXPECT_EQ(clear.open, OpenReason::person);
    EXPECT_FALSE(clear.level);
    EXPECT_EQ(clear.points, 0);
    EXPECT_EQ(clear.why, "for a person: the names; the length of functions");
}

TEST(ScorecardTest, LeavesOpenWhatIsNotRevealed) {
    const Scorecard card = score_of({pass("greets_a_million")}, 0);
    EXPECT_EQ(card.criteria[1].open, OpenReason::not_revealed);
    ASSERT_EQ(card.criteria[1].evidence.size(), 1u);
    EXPECT_EQ(card.criteria[1].evidence[0].cause, Cause::not_run);
    EXPECT_EQ(score_of({pass("greets_a_million")}, 1).criteria[1].points, 25);
}

TEST(ScorecardTest, LeavesOpenWhatACheckCouldNotDecide) {
    const auto result = polite({pass("says_hello"), undecided("says_goodbye")});
    EXPECT_EQ(result.open, OpenReason::inconclusive);
    EXPECT_EQ(result.points, 0);
    EXPECT_EQ(result.why, "says_goodbye: too noisy");
}

TEST(ScorecardTest, JudgesWhatNoUndecidedCheckCouldChange) {
    Rubric rubric = small_rubric();
    rubric.criteria[0].checks = {"a", "b", "c"};
    const std::vector<Verdict> verdicts = {fail("a"), fail("b"), undecided("c")};
    const auto result = score(rubric, verdicts, small_facts()).criteria[0];
    EXPECT_EQ(result.level, 1);
    EXPECT_EQ(result.points, 0);
}

TEST(ScorecardTest, TakesAMissingVerdictForAGraderFault) {
    const auto result = polite({pass("says_hello")});
    EXPECT_EQ(result.open, OpenReason::grader_fault);
    EXPECT_EQ(result.why, "grader fault: check says_goodbye gave no verdict");
    EXPECT_EQ(result.points, 0);
    ASSERT_EQ(result.evidence.size(), 2u);
    EXPECT_EQ(result.evidence[1].cause, Cause::grader_fault);
}

TEST(ScorecardTest, TakesTwoVerdictsOfOneCheckForAGraderFault) {
    const auto result = polite({fail("says_hello"), pass("says_hello"), pass("says_goodbye")});
    EXPECT_EQ(result.open, OpenReason::grader_fault);
    EXPECT_EQ(result.why, "grader fault: check says_hello gave two verdicts");
}

TEST(ScorecardTest, TakesAPassWithoutCasesForAGraderFault) {
    Verdict empty = pass("says_hello");
    empty.cases = 0;
    const auto result = polite({empty, pass("says_goodbye")});
    EXPECT_EQ(result.open, OpenReason::grader_fault);
    EXPECT_EQ(result.points, 0);
}

TEST(ScorecardTest, NeverBlamesTheCandidateForAGraderFault) {
    Verdict fault = fail("says_hello");
    fault.cause = Cause::grader_fault;
    const auto result = polite({fault, fail("says_goodbye")});
    EXPECT_EQ(result.open, OpenReason::grader_fault);
}

TEST(ScorecardTest, AddsUpOnlyWhatWasJudged) {
    const Scorecard card =
        score_of({pass("says_hello"), pass("says_goodbye"), fail("greets_a_million")}, 1);
    EXPECT_EQ(card.earned, 60);
    EXPECT_EQ(card.judged, 85);
    EXPECT_EQ(card.possible, 100);
}

TEST(ScorecardTest, KeepsVerdictsThatSpeakForNoCriterion) {
    const Scorecard card = score_of({pass("visible_cases"), pass("says_hello"), fail("extra")});
    ASSERT_EQ(card.other.size(), 2u);
    EXPECT_EQ(card.other[0].check, "extra");
    EXPECT_EQ(card.other[1].check, "visible_cases");
    EXPECT_EQ(card.earned, 0);
}

TEST(ScorecardTest, IsNoGradeWithoutIsolation) {
    GradeFacts facts = small_facts();
    const std::vector<Verdict> verdicts = {pass("says_hello"), pass("says_goodbye")};
    EXPECT_TRUE(score(small_rubric(), verdicts, facts).is_grade);
    EXPECT_EQ(score(small_rubric(), verdicts, facts).notice, "");
    facts.isolation.level = IsolationLevel::reduced;
    EXPECT_TRUE(score(small_rubric(), verdicts, facts).is_grade);
    facts.isolation.level = IsolationLevel::none;
    const Scorecard card = score(small_rubric(), verdicts, facts);
    EXPECT_FALSE(card.is_grade);
    EXPECT_THAT(card.notice, ::testing::StartsWith("not a grade: "));
    EXPECT_THAT(card.notice, HasSubstr("onsite doctor"));
}

TEST(ScorecardTest, CountsWholeMinutes) {
    GradeFacts facts = small_facts();
    EXPECT_EQ(facts.minutes_used(), 25);
    facts.graded_at_ms = facts.started_at_ms - 1;
    EXPECT_EQ(facts.minutes_used(), 0);
}

}  // namespace
}  // namespace onsite
