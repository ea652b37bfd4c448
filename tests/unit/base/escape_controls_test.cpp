// What a submission prints must not reach a terminal as anything but text.
#include "base/escape.hpp"

namespace onsite {
namespace {

TEST(EscapeTest, KeepsText) {
    EXPECT_EQ(escape_controls("a line\n\tand żółć, 日本, 🙂\n"),
              "a line\n\tand żółć, 日本, 🙂\n");
}

TEST(EscapeTest, ShowsWhatWouldSteerATerminal) {
    EXPECT_EQ(escape_controls("\x1b[31mred"), "\\x1b[31mred");
    EXPECT_EQ(escape_controls("\x1b]0;title\a"), "\\x1b]0;title\\x07");
    EXPECT_EQ(escape_controls("over\rwritten\b"), "over\\x0dwritten\\x08");
    EXPECT_EQ(escape_controls("\x7f"), "\\x7f");
    EXPECT_EQ(escape_controls("\xc2\x9b"
                              "31m"),
              "\\xc2\\x9b31m");
    EXPECT_EQ(escape_controls(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(EscapeTest, ShowsWhatWouldReorderLetters) {
    EXPECT_EQ(escape_controls("\u202e"
                              "abc"),
              "\\xe2\\x80\\xaeabc");
    EXPECT_EQ(escape_controls("\u2066"), "\\xe2\\x81\\xa6");
}

TEST(EscapeTest, ShowsBytesThatAreNoUtf8) {
    EXPECT_EQ(escape_controls("\xff"), "\\xff");
    EXPECT_EQ(escape_controls("\xc0\xaf"), "\\xc0\\xaf");
    EXPECT_EQ(escape_controls("\xe2\x82"), "\\xe2\\x82");
    EXPECT_EQ(escape_controls("\xed\xa0\x80"), "\\xed\\xa0\\x80");
    EXPECT_EQ(escape_controls("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
    EXPECT_EQ(escape_controls("\x80"
                              "a"),
              "\\x80"
              "a");
}

TEST(EscapeTest, CutsATailBetweenCharacters) {
    EXPECT_EQ(escaped_tail("hello", 100), "hello");
    EXPECT_EQ(escaped_tail("hello", 2), "lo");
    EXPECT_EQ(escaped_tail("ożż", 3), "ż");
    // The first byte is the rest of a character that an earlier cut halved.
    EXPECT_EQ(escaped_tail("\xbc"
                           "ab",
                           100),
              "ab");
}

}  // namespace
}  // namespace onsite
