// Goal: best, latest and trend of a section are the fold over its attempts.
#include "harness/progress/standing.hpp"

namespace onsite {
namespace {

using ::testing::ElementsAre;

Attempt attempt(const char* name, std::optional<Score> latest, std::optional<Score> best = {}) {
    Attempt attempt{.folder = name, .state = {}};
    attempt.state.exercise = "greeting";
    attempt.state.latest = latest;
    attempt.state.best = best ? best : latest;
    attempt.state.grades = latest ? 1 : 0;
    attempt.state.best_grade = attempt.state.grades;
    return attempt;
}

const Exercise kExercise{.slug = "greeting", .number = 1, .section = "Coding", .minutes = 45};

TEST(StandingTest, OfNothingIsEmpty) {
    const Standing standing = standing_in(kExercise, {});
    EXPECT_EQ(standing.attempts, 0);
    EXPECT_FALSE(standing.best);
    EXPECT_TRUE(standing.ungraded.empty());
}

TEST(StandingTest, FollowsTheAttempts) {
    std::vector<Attempt> attempts = {attempt("greeting-1", Score{10, 50}),
                                     attempt("greeting-2", Score{40, 50}, Score{45, 50}),
                                     attempt("greeting-3", Score{20, 50})};
    attempts.push_back(attempts[0]);
    attempts.back().state.exercise = "another";
    const Standing standing = standing_in(kExercise, attempts);
    EXPECT_EQ(standing.attempts, 3);
    EXPECT_EQ(standing.best, (Score{45, 50}));
    EXPECT_EQ(standing.best_attempt, "greeting-2");
    EXPECT_EQ(standing.latest, (Score{20, 50}));
    EXPECT_THAT(standing.trend, ElementsAre(20, 80, 40));
    EXPECT_TRUE(standing.ungraded.empty());
}

TEST(StandingTest, KnowsWhatHasNoGradeYet) {
    std::vector<Attempt> attempts = {attempt("greeting-1", Score{10, 50}),
                                     attempt("greeting-2", std::nullopt)};
    EXPECT_EQ(standing_in(kExercise, attempts).ungraded, "greeting-2");
    EXPECT_FALSE(standing_in(kExercise, attempts).is_ungraded_sealed);
    attempts.back().state.seal = Seal{};
    EXPECT_TRUE(standing_in(kExercise, attempts).is_ungraded_sealed);
}

TEST(SparklineTest, HasOneBlockForEachPercent) {
    EXPECT_EQ(sparkline({}), "");
    EXPECT_EQ(sparkline(std::vector{0, 50, 100}), "▁▄█");
    EXPECT_EQ(sparkline(std::vector{-5, 99, 200}), "▁▇█");
}

TEST(PercentTest, OfNothingIsZero) {
    EXPECT_EQ(percent_of({0, 0}), 0);
    EXPECT_EQ(percent_of({82, 87}), 94);
}

}  // namespace
}  // namespace onsite
