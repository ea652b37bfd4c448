// Goal: what to practise next follows from where the candidate stands, and says why. No files.
#include "harness/progress/advice.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

CriterionResult judged(const char* title, int weight, int level, int points) {
    CriterionResult result;
    result.criterion.title = title;
    result.criterion.weight = weight;
    result.level = level;
    result.points = points;
    return result;
}

CriterionResult left_open(const char* title) {
    CriterionResult result;
    result.criterion.title = title;
    result.criterion.weight = 40;
    result.open = OpenReason::person;
    return result;
}

Practised practised(const char* slug, Score best, std::vector<CriterionResult> criteria) {
    Practised section;
    section.standing.slug = slug;
    section.standing.section = slug;
    section.standing.attempts = 1;
    section.standing.best = best;
    section.best = Scorecard{};
    section.best->criteria = std::move(criteria);
    return section;
}

Practised untouched(const char* slug) {
    Practised section;
    section.standing.slug = slug;
    section.standing.section = slug;
    return section;
}

const Practised kFull = practised("full", {60, 60}, {judged("Everything", 60, 4, 60)});
const Practised kHalf =
    practised("half", {30, 60},
              {judged("Money", 10, 2, 3), judged("Growth", 20, 2, 7), left_open("Clarity")});

TEST(AdviceTest, FirstWhatWasBegun) {
    Practised begun = kHalf;
    begun.standing.ungraded = "half-2";
    const Advice advice = advise(std::vector{untouched("new"), begun});
    EXPECT_EQ(advice.command, "./onsite check half-2");
    begun.standing.is_ungraded_sealed = true;
    EXPECT_EQ(advise(std::vector{begun}).command, "./onsite grade half-2");
}

TEST(AdviceTest, ThenASectionThatNobodyTouched) {
    const Advice advice = advise(std::vector{kHalf, untouched("new"), untouched("newer")});
    EXPECT_EQ(advice.command, "./onsite start new");
    EXPECT_THAT(advice.why, HasSubstr("never tried"));
}

TEST(AdviceTest, ThenTheCriterionWithMostToWinInTheWeakestSection) {
    const Practised better = practised("better", {50, 60}, {judged("Rows", 60, 1, 0)});
    const Advice advice = advise(std::vector{kFull, better, kHalf});
    EXPECT_EQ(advice.command, "./onsite start half --new");
    EXPECT_EQ(advice.why, "\"Growth\" is at level 2 of 4: 13 points to win");
}

TEST(AdviceTest, TheLowestLevelComesBeforeTheMostPoints) {
    const Practised section =
        practised("x", {1, 60}, {judged("Large", 40, 2, 13), judged("Small", 5, 1, 0)});
    EXPECT_THAT(advise(std::vector{section}).why, HasSubstr("Small"));
}

TEST(AdviceTest, WhenEverythingIsWonTheWholeInterview) {
    EXPECT_EQ(advise(std::vector{kFull}).command, "./onsite loop");
}

// What a person judges costs nothing: it is no reason to begin again.
TEST(AdviceTest, AnOpenCriterionIsNoWeakness) {
    const Practised open = practised("open", {60, 60}, {left_open("Clarity")});
    EXPECT_EQ(advise(std::vector{open}).command, "./onsite loop");
}

}  // namespace
}  // namespace onsite
