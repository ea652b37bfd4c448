// What every command says of words that it does not know.
#include "base/command_words.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/console.hpp"
#include "base/error.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;
using ::testing::internal::CaptureStderr;
using ::testing::internal::CaptureStdout;
using ::testing::internal::GetCapturedStderr;
using ::testing::internal::GetCapturedStdout;

struct CommandWordsTest : ::testing::Test {
    std::optional<int> read(std::vector<const char*> words) {
        CLI::App cli("Makes tea.", "onsite tea");
        CLI::App& milk = *cli.add_subcommand("milk", "adds milk");
        milk.add_option("--spoons", spoons, "how many");
        words.insert(words.begin(), "onsite-tea");
        CaptureStderr();
        CaptureStdout();
        const auto status = read_words(cli, static_cast<int>(words.size()), words.data(),
                                       Console::of_this_process());
        complained = GetCapturedStderr();
        printed = GetCapturedStdout();
        return status;
    }

    int spoons = 0;
    std::string complained;
    std::string printed;
};

TEST_F(CommandWordsTest, LetTheCommandGoOn) {
    EXPECT_EQ(read({"milk", "--spoons", "2"}), std::nullopt);
    EXPECT_EQ(spoons, 2);
    EXPECT_EQ(complained + printed, "");
}

TEST_F(CommandWordsTest, ShowHelp) {
    EXPECT_EQ(read({"--help"}), 0);
    EXPECT_THAT(printed, StartsWith("Makes tea."));
    EXPECT_EQ(complained, "");
}

TEST_F(CommandWordsTest, AreOneLineWhenOneIsWrong) {
    EXPECT_EQ(read({"--nope"}), kExitUsage);
    EXPECT_THAT(complained, HasSubstr("--nope"));
    EXPECT_THAT(complained, HasSubstr("; see ./onsite tea --help\n"));
    EXPECT_EQ(std::ranges::count(complained, '\n'), 1);
    EXPECT_EQ(printed, "");
}

TEST_F(CommandWordsTest, SuggestWhatWasMeant) {
    EXPECT_EQ(read({"mlik"}), kExitUsage);
    EXPECT_EQ(
        complained,
        "onsite: no command is called \"mlik\"; did you mean milk? see ./onsite tea --help\n");
    EXPECT_EQ(read({"sugar"}), kExitUsage);
    EXPECT_EQ(complained, "onsite: no command is called \"sugar\"; see ./onsite tea --help\n");
    EXPECT_EQ(read({"milk", "--spoon", "2"}), kExitUsage);
    EXPECT_THAT(complained, HasSubstr("did you mean --spoons? see ./onsite tea milk --help"));
}

TEST_F(CommandWordsTest, ShowNoHelpWithACommandThatIsNone) {
    EXPECT_EQ(read({"mlik", "--help"}), kExitUsage);
    EXPECT_THAT(complained, HasSubstr("did you mean milk?"));
    EXPECT_EQ(printed, "");
    EXPECT_EQ(read({"milk", "--help"}), 0);
    EXPECT_THAT(printed, HasSubstr("--spoons"));
}

TEST_F(CommandWordsTest, NameTheHelpOfTheCommandThatWasUnderstood) {
    EXPECT_EQ(read({"milk", "--spoons", "many"}), kExitUsage);
    EXPECT_THAT(complained, HasSubstr("see ./onsite tea milk --help"));
}

}  // namespace
}  // namespace onsite
