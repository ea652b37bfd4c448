// Goal: every report tells the same scorecard, honours what it was asked for, and never calls a run
// without isolation a grade. How the reports look is pinned in tests/golden.
#include "harness/report/report.hpp"

#include <nlohmann/json.hpp>

#include "base/ascii.hpp"
#include "base/json.hpp"
#include "harness/report/layout.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

using enum ReportFormat;

Scorecard card_of(const std::vector<Verdict>& verdicts,
                  IsolationLevel isolation = IsolationLevel::full) {
    GradeFacts facts = testing::small_facts();
    facts.isolation.level = isolation;
    facts.isolation.notes = {"network: off, no user namespaces"};
    return score(testing::small_rubric(), verdicts, facts);
}
Scorecard half_right(IsolationLevel isolation = IsolationLevel::full) {
    return card_of({passed("says_hello", 100, "100 inputs agree"),
                    failed("says_goodbye", Cause::wrong_answer, "expected bye, found nothing")},
                   isolation);
}

TEST(ReportFormatTest, IsNamedOnTheCommandLine) {
    for (const ReportFormat format : {text, json, junit, gradescope, html}) {
        EXPECT_EQ(report_format_from(to_string(format)), format);
    }
    EXPECT_FALSE(report_format_from("pdf"));
}

TEST(TextReportTest, TellsTheStoryFirstAndTheReplayLast) {
    const std::string report = render(half_right(), text);
    EXPECT_LT(report.find("FAIL  says_goodbye"), report.find("total"));
    EXPECT_THAT(report, EndsWith("  replay   onsite grade greeting --seed 18446744073709551615 "
                                 "--only says_goodbye\n"));
}

TEST(TextReportTest, ReplaysEverythingWhenNothingFailed) {
    const auto report =
        render(card_of({passed("says_hello", 1, "yes"), passed("says_goodbye", 1, "yes")}), text);
    EXPECT_THAT(report, EndsWith("--seed 18446744073709551615\n"));
}

TEST(TextReportTest, ShowsPointsBarLevelAndBehaviour) {
    EXPECT_THAT(render(half_right(), text),
                AllOf(HasSubstr("polite  20 / 60   ███·······   level 2: greets some people\n"),
                      HasSubstr("failed: says_goodbye\n"),
                      HasSubstr("many     – / 25                open: not revealed yet"),
                      HasSubstr("clear    – / 15                open: for a person: the names"),
                      HasSubstr("total   20 / 60"), HasSubstr("of 100 points; 40 are open\n")));
}

TEST(TextReportTest, HonoursTheWidth) {
    Scorecard card = half_right();
    card.criteria[0].evidence[1].message = std::string(300, 'w') + " word word word word word";
    card.criteria[0].evidence[1].evidence.story = std::string(500, 's');
    card.criteria[0].why = "a sentence of many words that is longer than a narrow terminal is wide";
    for (const int width : {60, 72, 100, 140}) {
        const std::string report = render(card, text, {.width_columns = width});
        // The command at the end is for copying: it stays in one piece.
        const auto shown = std::string_view(report).substr(0, report.find("  replay"));
        for (const std::string_view line : split_lines(shown)) {
            EXPECT_LE(columns_of(line), static_cast<std::size_t>(width)) << line;
        }
    }
}

TEST(TextReportTest, IsNeverNarrowerThanItCanBe) {
    EXPECT_EQ(render(half_right(), text, {.width_columns = 1}),
              render(half_right(), text, {.width_columns = kWidthColumnsMin}));
}

TEST(TextReportTest, HasColourOnlyWhenAsked) {
    EXPECT_THAT(render(half_right(), text), Not(HasSubstr("\x1b")));
    const std::string painted = render(half_right(), text, {.colour = Colour::always});
    EXPECT_THAT(painted, HasSubstr("\x1b[31;1mFAIL\x1b[0m"));
}

TEST(TextReportTest, ShortensManyStories) {
    std::vector<Verdict> verdicts;
    for (const char* const name : {"a", "b", "c", "d", "e"}) {
        verdicts.push_back(failed(name, Cause::wrong_answer, std::string("message of ") + name));
    }
    EXPECT_THAT(render(card_of(verdicts), text),
                AllOf(HasSubstr("and in short:\n"), HasSubstr("  FAIL  d: message of d\n")));
}

class NoGradeTest : public ::testing::TestWithParam<ReportFormat> {};

TEST_P(NoGradeTest, IsSaidLoudly) {
    EXPECT_THAT(render(half_right(IsolationLevel::none), GetParam()), HasSubstr("not a grade: "));
    EXPECT_THAT(render(half_right(IsolationLevel::reduced), GetParam()),
                Not(HasSubstr("not a grade")));
}

INSTANTIATE_TEST_SUITE_P(Report, NoGradeTest,
                         ::testing::Values(text, json, junit, gradescope, html));

TEST(GradescopeReportTest, PutsNoPointsOfANonGradeIntoAGradeBook) {
    const Json results = Json::parse(render(half_right(IsolationLevel::none), gradescope));
    EXPECT_EQ(results["score"], 0);
    for (const Json& test : results["tests"]) EXPECT_EQ(test.value("score", 0), 0);
    EXPECT_EQ(Json::parse(render(half_right(), gradescope))["score"], 20);
}

TEST(GradescopeReportTest, HasATestForEachCriterion) {
    const Json tests = Json::parse(render(half_right(), gradescope))["tests"];
    ASSERT_EQ(tests.size(), 3u);
    EXPECT_EQ(tests[0]["score"], 20);
    EXPECT_EQ(tests[0]["max_score"], 60);
    EXPECT_EQ(tests[0]["status"], "failed");
    EXPECT_EQ(tests[2]["score"], 0);
    EXPECT_FALSE(tests[2].contains("status"));
}

TEST(JunitReportTest, HasATestcaseForEachCheck) {
    Verdict fault = not_run("visible_cases", "the box did not start");
    fault.cause = Cause::grader_fault;
    Scorecard card = card_of(
        {passed("says_hello", 1, "yes"), failed("says_goodbye", Cause::crash, "signal 11"), fault});
    EXPECT_THAT(
        render(card, junit),
        AllOf(HasSubstr("tests=\"4\" failures=\"1\" errors=\"1\" time=\"12.345\" skipped=\"1\""),
              HasSubstr("<testcase classname=\"greeting.polite\" name=\"says_hello\"/>"),
              HasSubstr("<failure type=\"crash\" message=\"signal 11\">"),
              HasSubstr("<skipped message=\"not revealed yet: belongs to follow-up 1\"/>"),
              HasSubstr("<error type=\"grader_fault\" message=\"the box did not start\">")));
}

TEST(HtmlReportTest, StandsAlone) {
    const std::string page = render(half_right(), html);
    EXPECT_THAT(page, StartsWith("<!DOCTYPE html>"));
    EXPECT_THAT(page, Not(AllOf(HasSubstr("<script"), HasSubstr("http"))));
    EXPECT_THAT(page, Not(HasSubstr("src=")));
    EXPECT_THAT(page, Not(HasSubstr("href=")));
}

TEST(ReportTest, IsTheSameEveryTime) {
    for (const ReportFormat format : {text, json, junit, gradescope, html}) {
        EXPECT_EQ(render(half_right(), format), render(half_right(), format));
    }
}

}  // namespace
}  // namespace onsite
