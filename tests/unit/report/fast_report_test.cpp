// Goal: the answer to a save says what was judged, how long it took, and what to do next.
#include "harness/report/layout.hpp"
#include "harness/report/report.hpp"

namespace onsite {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string fast(const std::vector<Verdict>& verdicts, std::int64_t save_to_verdict_ms = 842) {
    return render_fast({.exercise = "greeting",
                        .content_hash = std::string(64, 'a'),
                        .save_to_verdict_ms = save_to_verdict_ms,
                        .clock = "12 of 45 minutes",
                        .next = "onsite grade greeting",
                        .verdicts = verdicts});
}

TEST(FastReportTest, SaysWhatWasJudgedAndHowLongItTook) {
    const std::string text = fast({passed("visible_cases", 6, "6 cases agree")});
    EXPECT_THAT(text, StartsWith("greeting · answer aaaaaaaaaaaa · 842 ms from save to verdict · "
                                 "12 of 45 minutes\n"));
    EXPECT_THAT(text, HasSubstr("PASS  visible_cases                 6 cases: 6 cases agree\n"));
    EXPECT_THAT(text, EndsWith("  1 of 1 check pass\n\n  next   onsite grade greeting\n"));
}

TEST(FastReportTest, LeavesOutATimeThatWasNotMeasured) {
    EXPECT_THAT(fast({}, 0), Not(HasSubstr("from save to verdict")));
}

TEST(FastReportTest, TellsTheStoryOfAFailure) {
    Verdict verdict = failed("visible_cases", Cause::wrong_answer, "expected one, found none");
    verdict.evidence.story = "ledger  t1\n";
    verdict.evidence.case_json = "{}";
    EXPECT_THAT(fast({verdict, passed("sample", 1, "yes")}),
                AllOf(HasSubstr("FAIL  visible_cases"), HasSubstr("wrong_answer"),
                      HasSubstr("  expected one, found none\n"), HasSubstr("    ledger  t1\n"),
                      HasSubstr("failures/visible_cases.json"), HasSubstr("1 of 2 checks pass")));
}

TEST(FastReportTest, CutsNoAdviceShort) {
    const std::string advice =
        "expected a failure of the family \"webhooks that cannot be trusted\", say "
        "`signature-of-a-stranger`";
    Verdict verdict = failed("failures", Cause::wrong_answer, "expected two, found one");
    verdict.evidence.story = "failure-modes.md:5: | failure |\n    " + advice + " or another\n";
    EXPECT_THAT(fast({verdict}),
                HasSubstr("        expected a failure of the family \"webhooks that cannot be "
                          "trusted\", say\n        `signature-of-a-stranger` or another\n"));
}

TEST(FastReportTest, LeavesPicturesAndMarksWhereTheyAre) {
    const std::string columns = "ledger  " + std::string(120, 'x') + "  t1";
    const std::string marked =
        "answers.md:3: " + std::string(60, 'y') + " would " + std::string(60, 'z');
    Verdict verdict = failed("check", Cause::wrong_answer, "expected one, found none");
    verdict.evidence.story = columns + "\n" + marked + "\n" + std::string(75, ' ') + "^^^^^ why\n";
    const std::string text = fast({verdict});
    EXPECT_THAT(text, HasSubstr(cut("    " + columns, 100) + "\n"));
    EXPECT_THAT(text, HasSubstr(cut("    " + marked, 100) + "\n" + std::string(79, ' ') + "^"));
}

TEST(FastReportTest, CutsNoAdviceBehindMarks) {
    Verdict verdict = failed("check", Cause::wrong_answer, "expected one, found none");
    verdict.evidence.story = "answers.md:3: " + std::string(90, 'y') + "\n" + std::string(80, ' ') +
                             "^^^^^^ tell what you did that time\n" + std::string(14, ' ') +
                             std::string(90, '^') + " takes too long\n";
    const std::string text = fast({verdict});
    EXPECT_THAT(text, HasSubstr(std::string(84, ' ') + "^^^^^^\n" + std::string(73, ' ') +
                                "tell what you did that time\n"));
    EXPECT_THAT(text, HasSubstr(std::string(18, ' ') + std::string(82, '^') + "\n" +
                                std::string(18, ' ') + "takes too long\n"));
}

TEST(FastReportTest, EscapesEveryText) {
    const std::string trick = "\x1b[2J";
    Verdict verdict = failed("check", Cause::crash, trick);
    verdict.evidence.story = verdict.evidence.stderr_tail = trick;
    const std::vector<Verdict> verdicts = {verdict, passed(trick, 1, trick)};
    const std::string text = render_fast({.exercise = trick,
                                          .content_hash = trick,
                                          .clock = trick,
                                          .next = trick,
                                          .verdicts = verdicts});
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
}

}  // namespace
}  // namespace onsite
