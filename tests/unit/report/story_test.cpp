// Goal: a failure points at its fault. Carets stand under what differs, long stories are cut, and
// one reason is told once.
#include "harness/report/story.hpp"

namespace onsite {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

std::vector<std::string> told(const std::string& story) {
    Verdict verdict = failed("check", Cause::wrong_answer, "message");
    verdict.evidence.story = story;
    return story_lines(verdict);
}

TEST(StoryTest, PointsAtWhatDiffers) {
    EXPECT_THAT(told("expected  [t1 100 USD]\nfound     [t1 900 USD]\n"),
                ElementsAre("expected  [t1 100 USD]",  //
                            "found     [t1 900 USD]",  //
                            "              ^"));
}

TEST(StoryTest, PointsAtAllOfADifference) {
    EXPECT_THAT(told("  expected: ledger only t1\n  found: nothing"),
                ElementsAre("  expected: ledger only t1",  //
                            "  found: nothing",            //
                            "         ^^^^^^^"));
}

TEST(StoryTest, PointsBehindTheEndWhenSomethingIsMissing) {
    EXPECT_THAT(told("expected  a; b\nfound     a"),
                ElementsAre("expected  a; b", "found     a", "           ^"));
}

TEST(StoryTest, CountsColumnsAndNotBytes) {
    EXPECT_THAT(told("expected  é1\nfound     è1"),
                ElementsAre("expected  é1", "found     è1", "          ^"));
    EXPECT_THAT(told("expected  ü1\nfound     ü2"),
                ElementsAre("expected  ü1", "found     ü2", "           ^"));
}

TEST(StoryTest, PointsAtNothingWhereNothingDiffers) {
    EXPECT_THAT(told("expected  same\nfound     same"), ElementsAre("expected  same",  //
                                                                    "found     same"));
    EXPECT_THAT(told("found  a\nexpected  b"), ElementsAre("found  a", "expected  b"));
    EXPECT_THAT(told("expected  a\n\nfound  b"), ElementsAre("expected  a", "", "found  b"));
}

TEST(StoryTest, LeavesCaretsOfACheckAlone) {
    EXPECT_THAT(told("expected  a\nfound     b\n ^^"),
                ElementsAre("expected  a", "found     b", " ^^"));
}

TEST(StoryTest, IsCutWhenItIsLong) {
    std::string story;
    for (int i = 0; i < 100; ++i) story += "line\n";
    const auto lines = told(story);
    EXPECT_EQ(lines.size(), 41u);
    EXPECT_EQ(lines.back(), "… 60 more lines");
}

TEST(StoryTest, QuotesTheEndOfStderr) {
    Verdict verdict = failed("check", Cause::crash, "ended with signal 11");
    for (int i = 1; i <= 20; ++i) {
        verdict.evidence.stderr_tail += "line " + std::to_string(i) + '\n';
    }
    const auto lines = story_lines(verdict);
    EXPECT_EQ(lines.front(), "the last it wrote to stderr:");
    EXPECT_EQ(lines.size(), 13u);
    EXPECT_EQ(lines[1], "| line 9");
    EXPECT_EQ(lines.back(), "| line 20");
}

TEST(StoryTest, ShowsTheGrowth) {
    Verdict verdict = failed("grows_linearly", Cause::slow, "O(n^2)");
    verdict.evidence.growth = {{10'000, 100, 10}, {100'000, 10'000, 100}};
    EXPECT_THAT(story_lines(verdict),
                Contains("     100,000        10.0 s        100 ms    100.0"));
}

TEST(StoryTest, OneReasonIsToldOnce) {
    Verdict first = failed("one", Cause::compile, "the answer does not compile");
    first.evidence.story = "reconcile.cpp:3: error";
    const std::vector<Verdict> verdicts = {
        first, failed("two", Cause::compile, "the answer does not compile"),
        failed("three", Cause::crash, "the answer does not compile"), passed("four", 1, "yes"),
        not_run("five", "not revealed yet")};
    const auto stories = group_stories(verdicts);
    ASSERT_EQ(stories.size(), 2u);
    EXPECT_THAT(stories[0].checks, ElementsAre("one", "two"));
    EXPECT_EQ(stories[0].verdict.evidence.story, "reconcile.cpp:3: error");
    EXPECT_THAT(stories[1].checks, ElementsAre("three"));
}

TEST(StoryTest, OtherCounterexamplesAreOtherStories) {
    Verdict first = failed("one", Cause::wrong_answer, "expected 1, found 2");
    Verdict second = failed("two", Cause::wrong_answer, "expected 1, found 2");
    first.evidence.story = "ledger a";
    second.evidence.story = "ledger b";
    EXPECT_EQ(group_stories(std::vector{first, second}).size(), 2u);
}

TEST(StoryTest, AnUndecidedCheckHasAStoryOfItsOwn) {
    Verdict undecided = not_run("check", "too noisy");
    EXPECT_FALSE(has_story(undecided));
    undecided.cause = Cause::flaky;
    EXPECT_TRUE(has_story(undecided));
    EXPECT_EQ(headline_word(undecided), "OPEN");
}

}  // namespace
}  // namespace onsite
