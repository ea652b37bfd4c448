// Goal: a sentence that quotes what somebody else wrote cannot drive the terminal.
#include "base/console.hpp"

#include <cstdlib>
#include <pty.h>
#include <unistd.h>

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

// What this process would print to a terminal of that kind.
Console console_on(const char* kind) {
    int master = -1, slave = -1;
    EXPECT_EQ(openpty(&master, &slave, nullptr, nullptr, nullptr), 0);
    const int out = dup(STDOUT_FILENO), err = dup(STDERR_FILENO);
    dup2(slave, STDOUT_FILENO);
    dup2(slave, STDERR_FILENO);
    setenv("TERM", kind, 1);
    const Console console = Console::of_this_process();
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    for (const int descriptor : {master, slave, out, err}) close(descriptor);
    return console;
}

// An editor's window, say: it would show the letters of every sequence.
TEST(ConsoleTest, ATerminalThatObeysNoSequencesGetsNone) {
    unsetenv("NO_COLOR");
    EXPECT_TRUE(console_on("xterm").has_colour());
    EXPECT_TRUE(console_on("xterm").is_live());
    EXPECT_FALSE(console_on("dumb").has_colour());
    EXPECT_FALSE(console_on("dumb").is_live());
}

}  // namespace
}  // namespace onsite
