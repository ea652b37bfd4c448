// Goal: letters, blanks and lines mean the same under every locale.
#include "base/ascii.hpp"

namespace onsite {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(AsciiTest, KnowsItsLettersAndDigitsAndNoOthers) {
    std::string letters;
    std::string digits;
    for (int byte = 0; byte < 256; ++byte) {
        const char c = static_cast<char>(byte);
        if (is_letter(c)) letters += c;
        if (is_digit(c)) digits += c;
    }
    EXPECT_EQ(letters, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    EXPECT_EQ(digits, "0123456789");
}

TEST(AsciiTest, KnowsTheLettersOfAsciiOnly) {
    EXPECT_EQ(lowered("AZ az 09 @[`{"), "az az 09 @[`{");
    EXPECT_EQ(lowered("\xC3\x84\xC0"), "\xC3\x84\xC0");
    EXPECT_TRUE(same_ignoring_case("Content-Length", "content-LENGTH"));
    EXPECT_FALSE(same_ignoring_case("Content-Length", "Content-Lengt"));
    EXPECT_FALSE(same_ignoring_case("@", "`"));
}

TEST(AsciiTest, TrimsTheBlanksThatAreMeant) {
    EXPECT_EQ(trimmed(" \t a b \r\n"), "a b");
    EXPECT_EQ(trimmed(" \t a b \r", kLineBlanks), "a b \r");
    EXPECT_EQ(trimmed(" \r\n\t"), "");
    EXPECT_EQ(trimmed(""), "");
}

TEST(AsciiTest, SplitsAtTheEndsOfLines) {
    EXPECT_THAT(split_lines("a\n\nb\n"), ElementsAre("a", "", "b"));
    EXPECT_THAT(split_lines("a\r\nb"), ElementsAre("a\r", "b"));
    EXPECT_THAT(split_lines("\n"), ElementsAre(""));
    EXPECT_THAT(split_lines(""), IsEmpty());
    EXPECT_EQ(without_return("a\r"), "a");
    EXPECT_EQ(without_return("a\rb"), "a\rb");
    EXPECT_EQ(without_return(""), "");
}

}  // namespace
}  // namespace onsite
