// A candidate's path through the coding section, command by command, in all three languages.
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "tests/e2e/onsite.hpp"
#include "tests/support/schema.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class CandidateTest : public ::testing::TestWithParam<std::string> {
protected:
    Practice practice_;
};

TEST_P(CandidateTest, StartShowsTheBriefAndTheFirstFeedback) {
    const auto started = practice_.onsite({"start", "reconciliation", "--lang", GetParam()});
    EXPECT_EQ(started.status, 0) << started.errors;
    EXPECT_THAT(started.output, HasSubstr("# Reconcile two feeds"));
    EXPECT_THAT(started.output, HasSubstr("attempts/reconciliation-1"));
    EXPECT_THAT(started.output, HasSubstr("visible_cases"));
    EXPECT_TRUE(std::filesystem::exists(practice_.attempt("reconciliation-1") / "brief.md"));
}

TEST_P(CandidateTest, StartAgainContinuesTheSameAttempt) {
    practice_.onsite({"start", "reconciliation", "--lang", GetParam()});
    const auto again = practice_.onsite({"start", "reconciliation", "--lang", GetParam()});
    EXPECT_EQ(again.status, 0) << again.errors;
    EXPECT_THAT(again.output, HasSubstr("continuing reconciliation-1"));
    EXPECT_FALSE(std::filesystem::exists(practice_.attempt("reconciliation-2")));
}

TEST_P(CandidateTest, TheReferenceScoresFullMarksAfterBothFollowUps) {
    practice_.onsite({"start", "reconciliation", "--lang", GetParam()});
    practice_.onsite({"next"});
    practice_.onsite({"next"});
    practice_.solve("reconciliation-1", GetParam());
    const auto graded =
        practice_.onsite({"grade", "--format", "json", "--seed", "7", "--growth-rows", "3000"});
    ASSERT_EQ(graded.status, 0) << graded.errors;
    const auto card = nlohmann::json::parse(graded.output);
    EXPECT_EQ(card.at("earned"), card.at("judged")) << graded.output;
    EXPECT_LT(card.at("judged"), 100) << "a person's criteria were counted";
    EXPECT_TRUE(card.at("is_grade").get<bool>());
}

TEST_P(CandidateTest, TheStarterScoresLowAndDoesNotCrash) {
    practice_.onsite({"start", "reconciliation", "--lang", GetParam()});
    const auto graded = practice_.onsite({"grade", "--format", "json", "--growth-rows", "3000"});
    ASSERT_EQ(graded.status, 0) << graded.errors;
    const auto card = nlohmann::json::parse(graded.output);
    EXPECT_LE(card.at("earned").get<int>(), 10) << graded.output;
    EXPECT_THAT(graded.output, Not(HasSubstr("\"crash\"")));
}

INSTANTIATE_TEST_SUITE_P(Languages, CandidateTest, ::testing::Values("cpp", "python", "typescript"),
                         [](const auto& language) { return language.param; });

// What a busy machine does to an answer is played by the answer itself, in Python that is put
// behind the right one. The grade of its growth up to so many rows:
std::string growth_of(const std::string& rows, const std::string& python) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    practice.solve("reconciliation-1", "python");
    std::ofstream(practice.attempt("reconciliation-1") / "reconcile.py", std::ios::app)
        << "\n\nimport time\n\nquick, naps = reconcile, 0\n\n\n"
        << python << "    return quick(ledger, bank)\n";
    return practice.onsite({"grade", "--only", "grows_linearly", "--growth-rows", rows}).output;
}

TEST(GrowthTest, WhatLookedTooSteepForAMomentIsMeasuredAgain) {
    const auto naps = [](int naps_max, double seconds = 0.3) {
        return fmt::format(
            "def reconcile(ledger, bank):\n"
            "    global naps\n"
            "    if len(ledger) > 2000 and naps < {}:\n"
            "        naps += 1\n"
            "        time.sleep({})\n",
            naps_max, seconds);
    };
    EXPECT_THAT(growth_of("3000", naps(5)), HasSubstr("PASS  grows_linearly"));
    EXPECT_THAT(growth_of("3000", naps(1'000)), HasSubstr("FAIL  grows_linearly"));
    // As much as others may add to each reply.
    EXPECT_THAT(growth_of("3000", naps(1'000, 0.01)), HasSubstr("PASS  grows_linearly"));
}

// Each reply takes 100 µs for a row, those to few rows mostly asleep: by the clock it is as linear
// as can be.
TEST(GrowthTest, AQuadraticAnswerIsNotHiddenBySlowRepliesToFewRows) {
    if (!std::filesystem::exists("/sys/fs/cgroup/cpuacct")) GTEST_SKIP() << "nobody counts";
    EXPECT_THAT(growth_of("10000",
                          "def reconcile(ledger, bank):\n"
                          "    until = time.monotonic() + len(ledger) * 100e-6\n"
                          "    for _ in range(len(ledger)):\n"
                          "        sum(range(len(ledger) // 2))\n"
                          "    time.sleep(max(0, until - time.monotonic()))\n"),
                HasSubstr("FAIL  grows_linearly"));
}

TEST(NextStepTest, IsToWorkOnThenTheFollowUpsThenTheGrade) {
    Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    EXPECT_THAT(practice.onsite({"check"}).output,
                HasSubstr("next   ./onsite check --watch reconciliation-1"));
    practice.solve("reconciliation-1", "python");
    EXPECT_THAT(practice.onsite({"check"}).output, HasSubstr("next   ./onsite next"));
    practice.onsite({"next"});
    practice.onsite({"next"});
    EXPECT_THAT(practice.onsite({"check"}).output, HasSubstr("next   ./onsite grade"));
}

TEST(HelpTest, HintsAreRevealedOneAtATimeAndLogged) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    for (int number = 1; number <= 4; ++number) {
        EXPECT_THAT(practice.onsite({"hint"}).output,
                    HasSubstr("hint " + std::to_string(number) + " of 4"));
    }
    EXPECT_THAT(practice.onsite({"hint"}).output, HasSubstr("All 4 hints are shown"));
    const auto log = read_text(practice.attempt("reconciliation-1") / ".onsite" / "log.jsonl");
    EXPECT_EQ(count_of("\"event\":\"hint\"", log), 4);
}

TEST(HelpTest, AFollowUpSwitchesItsOwnChecksOn) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    practice.solve("reconciliation-1", "python");
    const std::vector<std::string> only = {"grade", "--only", "names_what_differs"};
    const auto hidden = practice.onsite(only);
    EXPECT_THAT(hidden.errors, HasSubstr("revealed by follow-up 1"));
    EXPECT_EQ(practice.onsite({"next"}).status, 0);
    const auto revealed = practice.onsite(only);
    EXPECT_EQ(revealed.status, 0) << revealed.errors;
    EXPECT_THAT(revealed.output, HasSubstr("names_what_differs")) << revealed.output;
}

TEST(HelpTest, TheSolutionIsShownBesideTheAnswerAndLogged) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    const auto shown = practice.onsite({"solution"});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, HasSubstr("solutions/1-reconciliation/python/reconcile.py"));
    const auto log = read_text(practice.attempt("reconciliation-1") / ".onsite" / "log.jsonl");
    EXPECT_EQ(count_of("solution_viewed", log), 1);
}

TEST(HelpTest, AReaderThatGoesAwayIsNoFailure) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    // More than a pipe holds.
    std::string answer;
    for (int i = 0; i < 10'000; ++i) answer += "# a line of an answer that is long\n";
    write_text(practice.attempt("reconciliation-1") / "reconcile.py", answer);
    Command piped = practice.command({"solution"});
    piped.words.insert(
        piped.words.begin(),
        {"/bin/bash", "-c", "\"$@\" | head -n 1 >/dev/null; exit \"${PIPESTATUS[0]}\"", "bash"});
    const auto shown = run(piped);
    EXPECT_EQ(shown.status, 0);
    EXPECT_EQ(shown.errors, "");
}

// An attempt that was handed in lies anywhere, and its commands can be pasted.
TEST(HelpTest, AnAttemptElsewhereIsCalledByItsFolder) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    const auto elsewhere = practice.attempts().parent_path() / "handed in";
    std::filesystem::copy(practice.attempt("reconciliation-1"), elsewhere,
                          std::filesystem::copy_options::recursive);
    const std::string word = "'" + elsewhere.string() + "'";
    EXPECT_THAT(practice.onsite({"check", elsewhere.string()}).output,
                HasSubstr("./onsite check --watch " + word));
    EXPECT_THAT(practice.onsite({"grade", elsewhere.string(), "--growth-rows", "300"}).output,
                HasSubstr("./onsite grade " + word + " --seed"));
}

TEST(HelpTest, AStrictAttemptGivesNoHelpWhileTheClockRuns) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python", "--strict"});
    for (const char* help : {"hint", "solution"}) {
        const auto refused = practice.onsite({help});
        EXPECT_EQ(refused.status, 2);
        EXPECT_THAT(refused.errors, HasSubstr("strict attempt"));
    }
}

TEST(FormatTest, EachFormatOfARealGradeHasItsForm) {
    Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    const auto graded_as = [&](const std::string& format) {
        return practice.onsite({"grade", "--format", format, "--growth-rows", "300"}).output;
    };
    const auto schemas = root() / "docs" / "reference" / "schemas";
    EXPECT_EQ(json_problems(schemas / "scorecard.schema.json", graded_as("json")), "");
    EXPECT_EQ(json_problems(schemas / "gradescope.schema.json", graded_as("gradescope")), "");
    EXPECT_EQ(xml_problems(schemas / "junit.xsd", graded_as("junit")), "");
    EXPECT_THAT(graded_as("html"), HasSubstr("</html>"));
}

TEST(ReplayTest, TheSameSeedGivesTheSameVerdicts) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    const std::vector<std::string> grade = {"grade", "--only", "agrees_with_the_model", "--seed",
                                            "42"};
    const auto first = practice.onsite(grade);
    EXPECT_EQ(first.output, practice.onsite(grade).output);
    EXPECT_THAT(first.output, HasSubstr("fail"));
}

TEST(ReplayTest, ACounterexampleIsStoredAndCanBeReplayed) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    practice.onsite({"grade", "--growth-rows", "3000"});
    const auto failure =
        practice.attempt("reconciliation-1") / "failures" / "agrees_with_the_model.json";
    ASSERT_TRUE(std::filesystem::exists(failure));
    const auto before = practice.onsite({"check", "--case", failure.string()});
    EXPECT_THAT(before.output, HasSubstr("fail"));
    practice.solve("reconciliation-1", "python");
    const auto after = practice.onsite({"check", "--case", failure.string()});
    EXPECT_THAT(after.output, Not(HasSubstr("fail"))) << after.output;
}

TEST(RequireTest, TheExitStatusTellsWhetherThePointsWereEarned) {
    const Practice practice;
    practice.onsite({"start", "reconciliation", "--lang", "python"});
    const auto grade = [&](const char* points) {
        return practice.onsite({"grade", "--growth-rows", "3000", "--require", points}).status;
    };
    EXPECT_EQ(grade("60"), 1);
    EXPECT_EQ(grade("0"), 0);
}

}  // namespace
}  // namespace onsite::testing
