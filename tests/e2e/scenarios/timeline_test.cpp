// The timeline that `onsite replay --html` writes, as a reader meets it in a browser.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/browser/browser.hpp"
#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

// The page of a run; empty when the program wrote none.
std::string timeline_of(const std::string& scenario, std::vector<std::string> words = {}) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "run.html";
    words.insert(words.begin(), {program("onsite-scenario").string(), "replay", scenario, "--html",
                                 file.string()});
    const auto played =
        run({.words = std::move(words), .environment = {"ONSITE_ROOT=" + root().string()}});
    EXPECT_EQ(played.status, 0) << played.errors;
    return read_text(file);
}

TEST(TimelineTest, CanBeReadByEverybodyWithoutANetwork) {
    const auto seen =
        look_at(timeline_of("lost-response-fresh-key"), "timeline/failed", "timeline");
    EXPECT_EQ(seen.status, 0) << seen.output << seen.errors;
}

TEST(TimelineTest, RunsNothingThatSomebodyTyped) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "mine.scenario.json";
    write_text(file, R"({
        "schema": 1, "id": "mine", "clock": "2026-01-05T09:00:00Z",
        "story": "\"><img src=x onerror=alert(1)></style><script>alert(2)</script>",
        "steps": [{"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
                   "card": "pm_card_visa"}],
        "expect": {"reference": []}
    })");
    const auto seen = look_at(timeline_of(file.string()), "timeline/hostile");
    EXPECT_EQ(seen.status, 0) << seen.output << seen.errors;
}

// The look itself is looked at: a page whose script is dead must not pass.
TEST(TimelineTest, APageThatDoesNotAnswerTheKeysIsSeen) {
    std::string page = timeline_of("lost-response-fresh-key");
    const auto script = page.rfind("<script>");
    ASSERT_NE(script, std::string::npos);
    const auto seen =
        look_at(page.substr(0, script) + "</body></html>", "timeline/broken", "timeline");
    EXPECT_EQ(seen.status, 1) << seen.errors;
    for (const char* problem : {"script of the page did not run", "down arrow", "led to line"}) {
        EXPECT_THAT(seen.output, HasSubstr(problem));
    }
}

}  // namespace
}  // namespace onsite::testing
