// Goal: the report of a whole interview sums what has a grade, says what has none, and shows
// nothing that a candidate wrote as anything but text.
#include "harness/report/loop_report.hpp"

#include <nlohmann/json.hpp>

namespace onsite {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

LoopReport sample() {
    LoopReport report{.name = "loop-1", .rules = "practice", .sections = {}};
    report.sections.push_back({.slug = "coding",
                               .section = "Coding",
                               .title = "Reconcile",
                               .attempt = "coding-2",
                               .progress = SectionProgress::sealed,
                               .sealed_because = "time",
                               .allowed_ms = 2'700'000,
                               .used_ms = 2'700'000,
                               .followups = 1,
                               .followups_total = 2,
                               .hints = 1,
                               .has_grade = true,
                               .earned = 60,
                               .judged = 80,
                               .ratings = {{"clarity", 3, "a.cpp:1", "short functions"}},
                               .late = {"a.cpp"}});
    report.sections.push_back({.slug = "design",
                               .section = "Design",
                               .title = "",
                               .attempt = "design-1",
                               .progress = SectionProgress::running,
                               .sealed_because = "",
                               .allowed_ms = 3'600'000,
                               .used_ms = 61'000,
                               .ratings = {},
                               .late = {}});
    report.sections.push_back({.slug = "values",
                               .section = "Values",
                               .title = "",
                               .attempt = "",
                               .sealed_because = "",
                               .allowed_ms = 1'800'000,
                               .ratings = {},
                               .late = {}});
    return report;
}

TEST(LoopReportTest, SumsWhatHasAGrade) {
    const LoopReport report = sample();
    EXPECT_EQ(report.earned(), 60);
    EXPECT_EQ(report.judged(), 80);
    EXPECT_EQ(report.graded(), 1);
    EXPECT_EQ(report.used_ms(), 2'761'000);
}

TEST(LoopReportTest, TellsEachSectionAsText) {
    const std::string text = render_loop(sample(), ReportFormat::text);
    EXPECT_THAT(text, HasSubstr("coding-2 · sealed (time) · 1 of 2 follow-ups · 1 hint"));
    EXPECT_THAT(text, HasSubstr("45:00 of 45:00"));
    EXPECT_THAT(text, HasSubstr("a.cpp was saved after the time was up"));
    EXPECT_THAT(text, HasSubstr("no points: clarity level 3 (a.cpp:1): short functions"));
    EXPECT_THAT(text, HasSubstr("./onsite grade design-1"));
    EXPECT_THAT(text, HasSubstr("not begun"));
    EXPECT_THAT(text, HasSubstr("1 of 3 sections graded"));
}

TEST(LoopReportTest, NamesAClockThatWasSetBack) {
    LoopReport report = sample();
    report.set_back_ms = 65'000;
    for (const ReportFormat format : {ReportFormat::text, ReportFormat::html}) {
        EXPECT_THAT(render_loop(report, format), HasSubstr("was set back by 1 min 05 s"));
    }
}

TEST(LoopReportTest, ShowsWhatSomebodyWroteAsText) {
    LoopReport report = sample();
    report.sections[0].late = {"\x1b[2J<script>alert(1)</script>"};
    report.sections[0].ratings[0].note = "\"><img src=x onerror=alert(1)>\x07\xff";
    report.sections[0].title = "</title><script>";
    const std::string html = render_loop(report, ReportFormat::html);
    EXPECT_THAT(html, Not(HasSubstr("<script>")));
    EXPECT_THAT(html, Not(HasSubstr("<img")));
    for (const ReportFormat format : {ReportFormat::text, ReportFormat::html, ReportFormat::json}) {
        const std::string text = render_loop(report, format);
        EXPECT_EQ(text.find_first_of("\x1b\x07\xff"), std::string::npos);
    }
    EXPECT_FALSE(nlohmann::json::parse(render_loop(report, ReportFormat::json), nullptr, false)
                     .is_discarded());
}

}  // namespace
}  // namespace onsite
