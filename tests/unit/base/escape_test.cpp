// Goal: what a candidate wrote is shown and never obeyed. Each row is a trick and what is shown of
// it.
#include "base/escape.hpp"

namespace onsite {
namespace {

struct Trick {
    const char* name;
    std::string text;
    std::string shown;
};

class TrickTest : public ::testing::TestWithParam<Trick> {};

TEST_P(TrickTest, IsShown) { EXPECT_EQ(harmless(GetParam().text, Lines::one), GetParam().shown); }

INSTANTIATE_TEST_SUITE_P(
    Escape, TrickTest,
    ::testing::Values(
        Trick{"Colour", "\x1b[31mred", "\\x1b[31mred"},
        Trick{"Title", "\x1b]0;owned\x07", "\\x1b]0;owned\\x07"},
        Trick{"Clipboard", "\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"},
        Trick{"CarriageReturn", "fail\rpass", "fail\\x0dpass"},
        Trick{"Backspace", "a\bb\x7f", "a\\x08b\\x7f"},
        Trick{"EightBitControl",
              "\xc2\x9b"
              "31m",
              "\\xc2\\x9b31m"},
        Trick{"RightToLeft", "a\u202eb", "a\\xe2\\x80\\xaeb"},
        Trick{"Isolate", "\u2066x\u2069", "\\xe2\\x81\\xa6x\\xe2\\x81\\xa9"},
        Trick{"ZeroWidth", "t\u200b1", "t\\u{200b}1"},
        Trick{"ByteOrderMark", "\ufeff", "\\u{feff}"},
        Trick{"LineSeparator", "a\u2028b", "a\\u{2028}b"}, Trick{"Tag", "\U000E0041", "\\u{e0041}"},
        Trick{"NoXmlCharacter", "\uffff", "\\u{ffff}"}, Trick{"NoUtf8", "a\xff\xc3", "a\\xff\\xc3"},
        Trick{"Overlong", "\xc0\xaf", "\\xc0\\xaf"}, Trick{"Newline", "a\nb\tc", "a\\nb\\tc"},
        Trick{"Zero", std::string("a\0b", 3), "a\\x00b"}),
    [](const auto& trick) { return trick.param.name; });

TEST(EscapeTest, KeepsWhatPeopleWrite) {
    const std::string text = "naïve · 請求 · 🙂 <b> & \"quotes\" C:\\temp";
    EXPECT_EQ(harmless(text, Lines::one), text);
}

TEST(EscapeTest, BytesComeBackFromTheirTextAndStayDifferent) {
    EXPECT_EQ(utf8_of_bytes("W\xe4hrung"), "W\\xe4hrung");
    EXPECT_EQ(utf8_of_bytes("W\\xe4hrung"), "W\\x5cxe4hrung");
    EXPECT_EQ(utf8_of_bytes("Währung \\ C:\\n"), "Währung \\ C:\\n") << "nothing to say otherwise";
    for (const std::string bytes :
         {"", "\xff", "\\", "\\x", "\\\xff", "\\\\xff", "a\\x5cx", "\xc3", "\xc3\xa4", "\\x4"}) {
        EXPECT_TRUE(is_utf8(utf8_of_bytes(bytes))) << bytes;
        EXPECT_EQ(bytes_of_utf8(utf8_of_bytes(bytes)), bytes) << bytes;
    }
}

TEST(EscapeTest, KeepsLinesOnlyWhereThereMayBeSeveral) {
    EXPECT_EQ(harmless("a\n\tb", Lines::many), "a\n    b");
}

TEST(EscapeTest, AWordForAShellIsOneWord) {
    EXPECT_EQ(shell_word("failures/a-1/x.json"), "failures/a-1/x.json");
    EXPECT_EQ(shell_word("my files/ü.json"), "'my files/ü.json'");
    EXPECT_EQ(shell_word("it's;rm -rf $HOME"), "'it'\\''s;rm -rf $HOME'");
    EXPECT_EQ(shell_word(""), "''");
}

TEST(EscapeTest, MarkupIsText) {
    EXPECT_EQ(markup("<script>alert('1')</script> & \"x\""),
              "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;");
}

}  // namespace
}  // namespace onsite
