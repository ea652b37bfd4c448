// Goal: a sentence that quotes what somebody else wrote cannot drive the terminal.
#include "base/console.hpp"

namespace onsite {
namespace {

TEST(ConsoleTest, ASentenceHasNothingThatATerminalActsOn) {
    const Console console = Console::of_this_process();
    ::testing::internal::CaptureStderr();
    console.complain("found \x1b]0;owned\x07 in\nthe header");
    console.say("found \x1b[2J");
    EXPECT_EQ(::testing::internal::GetCapturedStderr(),
              "onsite: found \\x1b]0;owned\\x07 in\nthe header\nfound \\x1b[2J\n");
}

}  // namespace
}  // namespace onsite
