// Points: what each answer is worth, one at a time.
#include "exercises/4-idempotency/drill/grade.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercises/4-idempotency/drill/report.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"

namespace onsite::drill {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

AnswerKey incident() {
    return {.recipe = "incident-02",
            .seed = 7,
            .is_violated = true,
            .broken = {"key_discipline", "no_lost_charge"},
            .cause = "retry-with-another-body",
            .affected = {"order-1", "order-2"},
            .exact = {30, 31},
            .near = {28, 29, 30, 31, 32},
            .inside = {10, 28, 29, 30, 31, 32},
            .requests = {{"req_a", 30}, {"req_b", 99}}};
}

AnswerKey control() {
    return {.recipe = "incident-03",
            .cause = "slow-provider",
            .exact = {30},
            .near = {30},
            .inside = {30}};
}

Diagnosis right_one() {
    return {.is_violated = true,
            .invariant = "no_lost_charge",
            .at = "req_a",
            .component = "payment_client",
            .because = "The retry had another body.",
            .cause = "retry-with-another-body",
            .affected = std::set<std::string>{"order-1", "order-2"}};
}

std::vector<std::int64_t> points(const Diagnosis& diagnosis, const AnswerKey& key) {
    std::vector<std::int64_t> all;
    for (const Points& part : grade_answers(diagnosis, key)) all.push_back(part.points);
    return all;
}

TEST(GradeTest, TheRightAnswerHasEveryPoint) {
    EXPECT_THAT(points(right_one(), incident()), ElementsAre(15, 25, 25, 10));
}

TEST(GradeTest, NoAnswerHasNone) {
    EXPECT_THAT(points({}, incident()), ElementsAre(0, 0, 0, 0));
    EXPECT_THAT(points({}, control()), ElementsAre(0, 0, 0, 0));
}

TEST(GradeTest, AnotherPromiseThanTheBrokenOnesCostsFivePoints) {
    Diagnosis diagnosis = right_one();
    diagnosis.invariant = "minor_units";
    EXPECT_EQ(points(diagnosis, incident())[0], 10);
    diagnosis.is_violated = false;
    EXPECT_EQ(points(diagnosis, incident())[0], 0);
}

TEST(GradeTest, AFalseAlarmOnAControlHasNoPointsForDetection) {
    Diagnosis diagnosis{.is_violated = true, .invariant = "no_lost_charge"};
    const auto parts = grade_answers(diagnosis, control());
    EXPECT_EQ(parts[0].points, 0);
    EXPECT_THAT(parts[0].why[0], HasSubstr("false alarm"));
    diagnosis.is_violated = false;
    EXPECT_EQ(points(diagnosis, control())[0], 15);
}

TEST(GradeTest, APlaceIsWorthLessTheFurtherAwayItIs) {
    Diagnosis diagnosis = right_one();
    diagnosis.component = "provider";
    const auto worth = [&](const char* place) {
        diagnosis.at = place;
        return points(diagnosis, incident())[1];
    };
    EXPECT_EQ(worth("req_a"), 15);
    EXPECT_EQ(worth("e31"), 15);
    EXPECT_EQ(worth("e29"), 10);
    EXPECT_EQ(worth("e10"), 5);
    EXPECT_EQ(worth("req_b"), 0);
    EXPECT_EQ(worth("e30x"), 0);
    EXPECT_EQ(worth("req_of_nobody"), 0);
    diagnosis.component = "payment_client";
    EXPECT_EQ(worth("e10"), 15);
}

// Whoever points at the second click, or at the second delivery, points at what looks bad.
TEST(GradeTest, InAControlWhatComesASecondTimeIsTheRightPlace) {
    for (const auto& [id, kind] :
         {std::pair{"incident-09", "step"}, std::pair{"incident-17", "hook_got"}}) {
        const Recipe& control = *find_recipe(id);
        const auto evidence = play_incident(control, 9);
        ASSERT_TRUE(evidence) << evidence.error().message;
        const AnswerKey key = make_key(control, 9, *evidence);
        std::set<std::string> seen;
        std::size_t seconds = 0;
        for (const auto& event : evidence->run.events) {
            const bool is_click = event.is("step") && event.text("do") == "pay";
            if (!event.is(kind) || (event.is("step") && !is_click)) continue;
            if (seen.emplace(event.text(is_click ? "order" : "event")).second) continue;
            ++seconds;
            EXPECT_TRUE(key.exact.contains(event.line)) << id << " line " << event.line;
        }
        EXPECT_GT(seconds, 20u) << id;
        EXPECT_LT(key.exact.size(), evidence->run.events.size() / 10) << id;
    }
}

TEST(GradeTest, ACauseOfTheSameGroupHasAPart) {
    Diagnosis diagnosis = right_one();
    diagnosis.cause = "new-key-after-500";
    EXPECT_EQ(points(diagnosis, incident())[2], 10);
    diagnosis.cause = "key-of-the-order";
    EXPECT_EQ(points(diagnosis, incident())[2], 0);
}

TEST(GradeTest, NamingEverybodyIsNoBlastRadius) {
    Diagnosis diagnosis = right_one();
    diagnosis.affected = std::set<std::string>{"order-1"};
    EXPECT_EQ(points(diagnosis, incident())[3], 6);  // 10 * 2 * 1 / (1 + 2)
    for (int i = 0; i < 260; ++i) diagnosis.affected->insert("order-" + std::to_string(i));
    EXPECT_EQ(points(diagnosis, incident())[3], 0);
    diagnosis.affected = std::set<std::string>{};
    EXPECT_EQ(points(diagnosis, incident())[3], 0);
    EXPECT_EQ(points(diagnosis, control())[3], 10);
    diagnosis.affected = std::set<std::string>{"order-1"};
    EXPECT_EQ(points(diagnosis, control())[3], 0);
}

TEST(GradeTest, MitigationComesFromWhoeverRunsTheClient) {
    const auto much = [](const Recipe& recipe, std::uint64_t seed) -> Result<MitigationScore> {
        EXPECT_EQ(recipe.id, "incident-02");
        EXPECT_EQ(seed, 7u);
        return MitigationScore{.points = 99, .why = {"all seeds pass"}};
    };
    EXPECT_EQ(grade(right_one(), incident(), much)->points(), 100);
    EXPECT_EQ(grade(right_one(), incident(), no_client_graded)->points(), 75);
    const auto broken = [](const Recipe&, std::uint64_t) -> Result<MitigationScore> {
        return tool_error("no box");
    };
    EXPECT_EQ(grade(right_one(), incident(), broken).error().message, "no box");
}

TEST(ReportTest, ExplainsEachPartAndCannotHarmATerminal) {
    Diagnosis diagnosis = right_one();
    diagnosis.because = "clear\x1b[2J\nthe screen";
    diagnosis.at = "e\x1b[2J";
    const auto graded = grade(diagnosis, incident(), no_client_graded);
    ASSERT_TRUE(graded);
    const Report report{
        .drill = "incident-02-7", .grade = *graded, .diagnosis = diagnosis, .changed_files = {"a"}};
    EXPECT_THAT(report_text(report),
                AllOf(HasSubstr("detect        15 / 15"), HasSubstr("total         60 / 100"),
                      HasSubstr("no patched client was graded"), HasSubstr("no alert was written"),
                      HasSubstr("a is not as the drill wrote it"), Not(HasSubstr("\x1b"))));
    EXPECT_THAT(report_json(report), HasSubstr("\"points\":60"));
}

TEST(ReportTest, SaysHowLongThePatchTookAndWhatWasKnownBefore) {
    Diagnosis diagnosis = right_one();
    diagnosis.started_ms = 1000;
    diagnosis.answered_ms["patched"] = 1000 + 125'000;
    diagnosis.hints = 2;
    diagnosis.first_points = 40;
    const auto graded = grade(diagnosis, incident(), no_client_graded);
    ASSERT_TRUE(graded);
    const Report report{.drill = "incident-02-7", .grade = *graded, .diagnosis = diagnosis};
    EXPECT_THAT(report_text(report),
                AllOf(HasSubstr("mitigate 2 min 5 s;"), HasSubstr("2 hints"),
                      HasSubstr("graded before, with 40 points and the answer shown")));
    EXPECT_THAT(report_json(report), AllOf(HasSubstr("\"mitigate\":125"), HasSubstr("\"hints\":2"),
                                           HasSubstr("\"first_points\":40")));
}

TEST(TaxonomyTest, EveryRecipeHasACauseAndSaysNothingOfIt) {
    std::size_t controls = 0;
    std::set<std::string_view> seen;
    for (const Recipe& recipe : recipes()) {
        const Cause* const cause = find_cause(recipe.cause);
        ASSERT_NE(cause, nullptr) << recipe.id;
        EXPECT_TRUE(seen.insert(recipe.cause).second) << recipe.cause << " has two recipes";
        controls += recipe.is_control();
        EXPECT_THAT(std::string(recipe.id), ::testing::MatchesRegex("incident-[0-9][0-9]"));
        EXPECT_EQ(recipe.shop().name, cause->is_harmless ? "reference" : cause->id);
    }
    EXPECT_GE(controls, 3u);
    EXPECT_GE(recipes().size() - controls, 8u);
    for (const Cause& cause : causes()) {
        if (cause.is_harmless) continue;
        const auto* shop = scenarios::find_shop(cause.id);
        ASSERT_NE(shop, nullptr) << cause.id;
        EXPECT_EQ(shop->story, cause.story);
    }
}

TEST(TaxonomyTest, ARandomDrillIsAControlInOneOfFour) {
    int controls = 0;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) controls += random_recipe(seed).is_control();
    EXPECT_NEAR(controls, 250, 50);
}

}  // namespace
}  // namespace onsite::drill
