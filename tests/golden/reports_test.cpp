// Goal: the reports stay beautiful. Each is compared to the byte with a file that a person
// approved. After a change that is wanted, look at the new reports and approve them:
//     ONSITE_APPROVE=1 ctest -L golden
#include <cstdlib>
#include <filesystem>

#include "harness/report/report.hpp"
#include "tests/golden/sample_scorecards.hpp"
#include "tests/support/command.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using testing::Sample;

struct Golden {
    ReportFormat format;
    TextStyle style;
    const char* ending;
};

void expect_approved(const std::string& name, const std::string& report) {
    const fs::path file = fs::path(ONSITE_SOURCE_ROOT) / "tests" / "golden" / "reports" / name;
    if (std::getenv("ONSITE_APPROVE") != nullptr) testing::write_text(file, report);
    EXPECT_EQ(testing::read_text(file), report)
        << "the report " << name
        << " changed; when that is wanted: ONSITE_APPROVE=1 ctest -L golden";
}

class GoldenReportTest : public ::testing::TestWithParam<Golden> {};

TEST_P(GoldenReportTest, LooksAsApproved) {
    for (const Sample& sample : testing::sample_scorecards()) {
        expect_approved(sample.name + GetParam().ending,
                        render(sample.scorecard, GetParam().format, GetParam().style));
    }
}

INSTANTIATE_TEST_SUITE_P(Reports, GoldenReportTest,
                         ::testing::Values(Golden{ReportFormat::text, {}, ".txt"},
                                           Golden{ReportFormat::json, {}, ".json"},
                                           Golden{ReportFormat::junit, {}, ".junit.xml"},
                                           Golden{ReportFormat::gradescope, {}, ".gradescope.json"},
                                           Golden{ReportFormat::html, {}, ".html"},
                                           Golden{ReportFormat::csv, {}, ".csv"}),
                         [](const auto& golden) {
                             return std::string(to_string(golden.param.format));
                         });

TEST(GoldenReportTest, LooksAsApprovedInANarrowTerminalWithColour) {
    const Sample sample = testing::sample_scorecards().front();
    expect_approved("mixed.narrow.colour.txt",
                    render(sample.scorecard, ReportFormat::text,
                           {.colour = Colour::always, .width_columns = 72}));
}

TEST(GoldenReportTest, TheFastReportLooksAsApproved) {
    const Scorecard card = testing::sample_scorecards().front().scorecard;
    std::vector<Verdict> verdicts = card.other;
    verdicts.push_back(card.criteria.front().evidence[1]);
    expect_approved("fast.txt", render_fast({.exercise = "reconciliation",
                                             .content_hash = card.facts.content_hash,
                                             .save_to_verdict_ms = 842,
                                             .clock = "12 of 45 minutes",
                                             .next = "./onsite grade reconciliation-2",
                                             .verdicts = verdicts}));
}

}  // namespace
}  // namespace onsite
