// The page with the sequence diagram in a real browser: it draws every event, says nothing on the
// console, and loads nothing. What it looks like is kept in build/<preset>/artefacts.
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SequencePageTest : public ::testing::Test {
protected:
    // A browser that is ended with its group when it takes longer than a minute.
    CommandResult browse(std::vector<std::string> words) const {
        std::vector<std::string> all = {"chromium",
                                        "--headless",
                                        "--no-sandbox",
                                        "--disable-gpu",
                                        "--disable-dev-shm-usage",
                                        "--no-first-run",
                                        "--disable-background-networking",
                                        "--host-resolver-rules=MAP * ~NOTFOUND",
                                        "--user-data-dir=" + (folder_.path() / "profile").string(),
                                        "--enable-logging=stderr",
                                        "--window-size=1320,1400"};
        all.insert(all.end(), words.begin(), words.end());
        all.push_back("file://" + page_.string());
        Running browser(
            {.words = all, .environment = {"HOME=" + folder_.path().string()}, .folder = "/"});
        return browser.finish(std::chrono::minutes(1));
    }

    void make_page(const std::string& scenario) const {
        const auto made =
            run({.words = {program("onsite-replay").string(), scenario, "--html", page_.string()},
                 .environment = {"ONSITE_ROOT=" + root().string()}});
        ASSERT_EQ(made.status, 0) << made.errors;
    }

    TemporaryFolder folder_;
    std::filesystem::path page_ = folder_.path() / "sequence.html";
};

TEST_F(SequencePageTest, DrawsEveryEventAndComplainsOfNothing) {
    for (const char* scenario : {"lost-response-fresh-key", "crash-with-the-key-in-memory"}) {
        make_page(scenario);
        const auto shown = browse({"--dump-dom"});
        ASSERT_EQ(shown.status, 0) << shown.errors;
        const int events = count_of("<g class=\"event ", read_text(page_));
        EXPECT_GT(events, 20);
        EXPECT_THAT(shown.output, HasSubstr("data-drawn=\"" + std::to_string(events) + "\""));
        EXPECT_THAT(shown.errors, Not(HasSubstr("CONSOLE"))) << "the page said something";
    }
}

// Without this the test above could not fail: it sees what the console says.
TEST_F(SequencePageTest, AScriptThatFailsIsSeen) {
    make_page("lost-response-fresh-key");
    write_text(page_, read_text(page_) + "<script>nothing_of_this_name();</script>");
    EXPECT_THAT(browse({"--dump-dom"}).errors, HasSubstr("CONSOLE"));
    write_text(page_, read_text(page_) + "<img src=\"https://example.com/a.png\">");
    EXPECT_THAT(browse({"--dump-dom"}).errors, HasSubstr("Content Security Policy"));
}

TEST_F(SequencePageTest, IsDrawnInTheDarkAsWell) {
    make_page("lost-response-fresh-key");
    const auto artefacts = program("onsite-replay").parent_path().parent_path() / "artefacts";
    std::filesystem::create_directories(artefacts);
    std::string pictures[2];
    const char* const schemes[2] = {"light", "dark"};
    for (int i = 0; i < 2; ++i) {
        const auto file = artefacts / ("sequence-" + std::string(schemes[i]) + ".png");
        std::filesystem::remove(file);
        const auto shown =
            browse({"--screenshot=" + file.string(),
                    "--blink-settings=preferredColorScheme=" + std::to_string(1 - i)});
        ASSERT_EQ(shown.status, 0) << shown.errors;
        pictures[i] = read_text(file);
        EXPECT_THAT(pictures[i].substr(0, 4), HasSubstr("PNG"));
        EXPECT_GT(pictures[i].size(), 20'000u) << "an empty page";
    }
    EXPECT_NE(pictures[0], pictures[1]);
}

}  // namespace
}  // namespace onsite::testing
