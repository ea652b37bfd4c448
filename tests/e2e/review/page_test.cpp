// The exported page as its readers meet it: Debian's Chromium opens it without a network, axe-core
// looks for what a reader could not use, and the pictures stay in build/<preset>/artefacts/review.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "harness/report/report.hpp"
#include "tests/e2e/browser/browser.hpp"
#include "tests/e2e/onsite.hpp"
#include "tests/golden/sample_scorecards.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;

class PageTest : public ::testing::TestWithParam<std::string> {};

TEST_P(PageTest, CanBeReadByEverybodyWithoutANetwork) {
    for (const Sample& sample : sample_scorecards()) {
        if (sample.name != GetParam()) continue;
        const auto seen =
            look_at(render(sample.scorecard, ReportFormat::html), "review/" + sample.name);
        EXPECT_EQ(seen.status, 0) << seen.output << seen.errors;
        EXPECT_TRUE(fs::exists(program("..") / "artefacts/review" / sample.name / "dark.png"));
    }
}

INSTANTIATE_TEST_SUITE_P(Samples, PageTest, ::testing::Values("reviewed", "mixed"),
                         [](const auto& name) { return name.param; });

// Text that a browser would run, wherever a candidate or a reviewer can put text.
TEST(HostilePageTest, RunsNothingThatSomebodyTyped) {
    const std::string attack =
        "\"><img src=x onerror=alert(1)></style><script>alert(2)</script>"
        "<svg onload=alert(3)>' onmouseover='alert(4) javascript:alert(5)";
    Scorecard card;
    for (const Sample& sample : sample_scorecards()) {
        if (sample.name == "reviewed") card = sample.scorecard;
    }
    card.facts.title = card.facts.attempt = card.facts.replay = attack;
    card.signals.front().because = attack;
    for (TimedPart& part : card.parts) part.name = attack;
    for (CriterionResult& result : card.criteria) {
        result.criterion.id = result.criterion.title = result.why = attack;
        for (PersonRating& rating : result.ratings) rating.comment = attack;
        for (Verdict& verdict : result.evidence) {
            verdict.check = verdict.message = verdict.evidence.story = attack;
        }
    }
    const auto seen = look_at(render(card, ReportFormat::html), "review/hostile");
    EXPECT_EQ(seen.status, 0) << seen.output << seen.errors;
}

// The look itself is looked at: a page with barriers must not pass.
TEST(LookTest, FindsWhatIsWrongWithAPage) {
    const auto seen = look_at(
        "<!DOCTYPE html><html><head><title>x</title></head><body><img src='http://example.org/x'>"
        "<p style='color:#eee;background:#fff'>pale</p><script>alert('ran')</script></body></html>",
        "review/broken");
    EXPECT_EQ(seen.status, 1) << seen.errors;
    for (const char* problem : {"image-alt", "html-has-lang", "color-contrast", "ran",
                                "asked for http://example.org/x"}) {
        EXPECT_THAT(seen.output, ::testing::HasSubstr(problem));
    }
}

}  // namespace
}  // namespace onsite::testing
