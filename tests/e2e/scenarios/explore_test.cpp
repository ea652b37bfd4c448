// `onsite explore`, `onsite sweep` and the exports of `onsite replay` as their users meet them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class ExploreTest : public ::testing::Test {
protected:
    CommandResult command(const std::string& name, std::vector<std::string> words) const {
        words.insert(words.begin(), program(name).string());
        return run({.words = std::move(words),
                    .environment = {"ONSITE_ROOT=" + root().string()},
                    .folder = folder_.path()});
    }
    // The words after "replay   ./onsite replay " in what a search printed.
    static std::vector<std::string> replayed(const std::string& output) {
        const std::string before = "  replay   ./onsite replay ";
        const auto at = output.find(before);
        EXPECT_NE(at, std::string::npos) << output;
        std::string line = output.substr(at + before.size());
        line = line.substr(0, line.find('\n'));
        const auto space = line.find(" --shop ");
        return {line.substr(0, space), "--shop", line.substr(space + 8)};
    }

    TemporaryFolder folder_;
};

const std::string kId = "lost-response-fresh-key";

TEST_F(ExploreTest, SaysTheSeedsFirstAndTheCommandThatReplaysLast) {
    const auto found = command("onsite-explore", {kId, "--seeds", "0..20"});
    EXPECT_EQ(found.status, 1) << found.errors;
    EXPECT_THAT(found.output,
                AllOf(StartsWith("seeds 0..20   " + kId), HasSubstr("21 seeds played, "),
                      HasSubstr("no_double_charge"), HasSubstr("kept in failures/" + kId + "-0-")));
    const auto again = command("onsite-replay", replayed(found.output));
    EXPECT_EQ(again.status, 0) << again.output << again.errors;
    EXPECT_THAT(again.output, HasSubstr("FAIL  "));
}

TEST_F(ExploreTest, EndsWithNothingWhenNothingIsFound) {
    const auto found = command("onsite-explore", {kId, "--shop", "reference", "--seeds", "5..24"});
    EXPECT_EQ(found.status, 0) << found.output << found.errors;
    EXPECT_THAT(found.output, HasSubstr("20 seeds played, 0 failed"));
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "failures"));
}

TEST_F(ExploreTest, WritesWhatASeedMakesOfAScenario) {
    const auto file = folder_.path() / "seventeen.scenario.json";
    ASSERT_EQ(command("onsite-explore", {kId, "--seeds", "17", "--resolved", file.string()}).status,
              0);
    EXPECT_THAT(read_text(file), AllOf(HasSubstr("\"seed\": \"17\""), HasSubstr("\"faults\"")));
    EXPECT_NE(command("onsite-replay", {file.string()}).status, 2);
    EXPECT_EQ(command("onsite-explore", {kId, "--resolved", file.string()}).status, 2);
}

TEST_F(ExploreTest, SweepShowsWhatWasTriedAndWhatItBroke) {
    const auto swept = command("onsite-sweep", {kId});
    EXPECT_EQ(swept.status, 1) << swept.errors;
    EXPECT_THAT(swept.output,
                AllOf(StartsWith("seed 1   " + kId), HasSubstr("order-1 awaits pay 1"),
                      HasSubstr("crash before"), HasSubstr(" broke a promise"),
                      HasSubstr(kId + "-sweep-no_double_charge")));
    const auto survived = command("onsite-sweep", {kId, "--shop", "reference"});
    EXPECT_EQ(survived.status, 0) << survived.output << survived.errors;
    EXPECT_THAT(survived.output, HasSubstr(" happened, 0 broke a promise"));
}

TEST_F(ExploreTest, SaysWhatIsWrong) {
    EXPECT_EQ(command("onsite-explore", {}).status, 2);
    EXPECT_EQ(command("onsite-sweep", {}).status, 2);
    EXPECT_EQ(command("onsite-sweep", {"nothing-of-this-name"}).status, 2);
    EXPECT_THAT(command("onsite-explore", {kId, "--seeds", "9..1"}).errors,
                HasSubstr("expected seeds such as 0..9999"));
    const auto unwritable =
        command("onsite-explore", {kId, "--seeds", "0", "--failures", "/dev/null/x"});
    EXPECT_EQ(unwritable.status, 3) << unwritable.output;
    EXPECT_THAT(unwritable.errors, HasSubstr("could not make the folder"));
}

TEST_F(ExploreTest, ReplayWritesTheSameExportsOfARunAndOfItsTrace) {
    ASSERT_EQ(command("onsite-replay", {kId, "--har", "a.har", "--otlp", "a.json", "--html",
                                        "a.html", "--trace", "trace.jsonl"})
                  .status,
              0);
    ASSERT_EQ(command("onsite-replay", {"--judge", "trace.jsonl", "--har", "b.har", "--otlp",
                                        "b.json", "--html", "b.html"})
                  .status,
              1);
    for (const std::string kind : {"har", "json", "html"}) {
        const std::string made = read_text(folder_.path() / ("a." + kind));
        EXPECT_GT(made.size(), 1'000u) << kind;
        EXPECT_EQ(made, read_text(folder_.path() / ("b." + kind))) << kind;
    }
    EXPECT_EQ(command("onsite-replay", {kId, "--html", "no-such-folder/a.html"}).status, 3);
}

}  // namespace
}  // namespace onsite::testing
