// `onsite replay` and `onsite shrink` as their users meet them: the words they take, what they
// print, how they end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/onsite.hpp"

namespace onsite::testing {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

CommandResult command(const std::string& name, std::vector<std::string> words) {
    words.insert(words.begin(), {program("onsite-scenario").string(), name});
    return run({.words = std::move(words), .environment = {"ONSITE_ROOT=" + root().string()}});
}
CommandResult replay(std::vector<std::string> words) { return command("replay", std::move(words)); }
CommandResult shrink(std::vector<std::string> words) { return command("shrink", std::move(words)); }

const std::string kId = "lost-response-fresh-key";

TEST(ReplayTest, TellsTheFailureThatAScenarioIsAbout) {
    const auto shown = replay({kId});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, AllOf(StartsWith(kId + "   shop fresh-key-per-attempt   seed 1"),
                                    HasSubstr("FAIL  no_double_charge   order-1   line "),
                                    HasSubstr("  > "), HasSubstr("as expected, this shop breaks"),
                                    HasSubstr("./onsite replay " + kId)));
}

TEST(ReplayTest, TheReferenceKeepsEveryPromise) {
    const auto shown = replay({kId, "--shop", "reference", "--json"});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, HasSubstr("\"verdict\":\"pass\",\"is_expected\":true"));
    // The same bytes, whoever asks and when.
    EXPECT_EQ(replay({kId, "--shop", "reference", "--json"}).output, shown.output);
}

TEST(ReplayTest, ATraceIsJudgedAgainAndOneThatWasChangedIsNot) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "trace.jsonl";
    ASSERT_EQ(replay({kId, "--trace", file.string()}).status, 0);
    const auto judged = replay({"--judge", file.string()});
    EXPECT_EQ(judged.status, 1);
    EXPECT_THAT(judged.output, HasSubstr("FAIL  no_double_charge"));
    std::string text = read_text(file);
    const auto at = text.find("\"amount\":1999", text.find("\"ev\":\"charge\""));
    ASSERT_NE(at, std::string::npos);
    text.replace(at, 13, "\"amount\":1998");
    write_text(file, text);
    const auto forged = replay({"--judge", file.string()});
    EXPECT_EQ(forged.status, 2);
    EXPECT_THAT(forged.errors, HasSubstr("was changed"));
}

TEST(ReplayTest, AShopThatTheScenarioDoesNotExpectToFailEndsWithOne) {
    const auto shown = replay({"timeout-is-no-failure", "--shop", "fresh-key-per-attempt"});
    EXPECT_EQ(shown.status, 1);
    EXPECT_THAT(shown.output, HasSubstr("this shop breaks"));
}

TEST(ReplayTest, ListsTheCatalogue) {
    const auto listed = replay({});
    EXPECT_EQ(listed.status, 0) << listed.errors;
    EXPECT_THAT(listed.output, AllOf(HasSubstr(kId), HasSubstr("fresh-key-per-attempt")));
}

TEST(ReplayTest, SaysWhatIsWrongWithAWordOrAFile) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "mine.scenario.json";
    EXPECT_EQ(replay({"nothing-of-this-name"}).status, 2);
    EXPECT_THAT(replay({kId, "--shop", "none"}).errors, HasSubstr("found \"none\""));
    EXPECT_EQ(replay({"--loud"}).status, 2);
    write_text(file, "{\n  \"schema\": 1,\n  \"idd\": \"mine\"\n}\n");
    const auto refused = replay({file.string()});
    EXPECT_EQ(refused.status, 2);
    EXPECT_THAT(refused.errors, HasSubstr("mine.scenario.json:"));
    EXPECT_EQ(count_of("\n", refused.errors), 1) << refused.errors;
    EXPECT_THAT(replay({"--help"}).output,
                AllOf(StartsWith("Plays a failure"), Not(HasSubstr("\t"))));
}

// Most often a variable that is not set: what was meant to be judged would not be.
TEST(ReplayTest, AnEmptyWordIsNotTakenForNone) {
    for (const char* word : {"--against", "--subject", "--shop", "--judge", "--html"}) {
        const auto refused = replay({kId, word, ""});
        EXPECT_EQ(refused.status, 2) << word << refused.output;
        EXPECT_THAT(refused.errors, AllOf(StartsWith("onsite: expected "), HasSubstr(word)));
    }
    EXPECT_EQ(command("explore", {kId, "--seeds", "0..1", "--failures", ""}).status, 2);
}

// It can be pasted into a shell.
TEST(ReplayTest, TheCommandThatReplaysItNamesAnyFile) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "it's mine" / "mine.scenario.json";
    std::filesystem::create_directories(file.parent_path());
    write_text(file, R"({
        "schema": 1, "id": "mine", "story": "A click.", "clock": "2026-01-05T09:00:00Z",
        "steps": [{"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
                   "card": "pm_card_visa"}],
        "expect": {"reference": []}
    })");
    EXPECT_THAT(replay({file.string()}).output,
                HasSubstr("/it'\\''s mine/mine.scenario.json' --shop reference"));
}

TEST(ReplayTest, AFileOfOnesOwnIsPlayed) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "mine.scenario.json";
    write_text(file, R"({
        "schema": 1, "id": "mine", "story": "A click\u001b[2J.", "clock": "2026-01-05T09:00:00Z",
        "steps": [{"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
                   "card": "pm_card_visa"}],
        "expect": {"reference": []}
    })");
    const auto shown = replay({file.string()});
    EXPECT_EQ(shown.status, 0) << shown.errors;
    EXPECT_THAT(shown.output, Not(HasSubstr("\x1b"))) << "a story must not move the cursor";
}

TEST(ShrinkTest, WritesAFileThatFailsInTheSameWay) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "small.scenario.json";
    const auto made = shrink(
        {"key-older-than-a-day", "--checker", "no_double_charge", "--output", file.string()});
    ASSERT_EQ(made.status, 0) << made.errors;
    EXPECT_THAT(made.errors, HasSubstr("no_double_charge is still broken on order-1"));
    const auto played = replay({file.string(), "--json"});
    EXPECT_EQ(played.status, 0) << played.output << played.errors;
    EXPECT_THAT(played.output, HasSubstr("\"is_expected\":true"));
    EXPECT_THAT(played.output, HasSubstr("no_double_charge"));
}

TEST(ShrinkTest, SaysWhatIsWrong) {
    EXPECT_EQ(shrink({}).status, 2);
    const auto passed = shrink({kId, "--shop", "reference"});
    EXPECT_EQ(passed.status, 2);
    EXPECT_THAT(passed.errors, HasSubstr("found these broken promises: none"));
    EXPECT_THAT(shrink({kId, "--output", "small.json"}).errors, HasSubstr(".scenario.json"));
}

}  // namespace
}  // namespace onsite::testing
