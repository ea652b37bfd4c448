// Goal: a number is all of a text or nothing, and a command line takes no other.
#include "base/parse_number.hpp"

#include <limits>

namespace onsite {
namespace {

using ::testing::HasSubstr;

TEST(ParseNumberTest, TakesTheWholeTextOrNothing) {
    EXPECT_EQ(parse_number<int>("42"), 42);
    EXPECT_EQ(parse_number<int>("-7"), -7);
    EXPECT_EQ(parse_number<int>("007"), 7);
    for (const char* text : {"", "-", "+1", " 1", "1 ", "1.5", "1e3", "0x10", "1,000", "ten"}) {
        EXPECT_EQ(parse_number<int>(text), std::nullopt) << text;
    }
}

TEST(ParseNumberTest, TakesWhatTheTypeHolds) {
    EXPECT_EQ(parse_number<std::int64_t>("-9223372036854775808"),
              std::numeric_limits<std::int64_t>::min());
    EXPECT_EQ(parse_number<std::int64_t>("9223372036854775808"), std::nullopt);
    EXPECT_EQ(parse_number<std::uint64_t>("18446744073709551615"),
              std::numeric_limits<std::uint64_t>::max());
    EXPECT_EQ(parse_number<std::uint64_t>("18446744073709551616"), std::nullopt);
    EXPECT_EQ(parse_number<std::uint64_t>("-1"), std::nullopt);
    EXPECT_EQ(parse_number<std::uint16_t>("65536"), std::nullopt);
}

TEST(WholeNumberTest, IsSilentAboutANumberInItsRange) {
    EXPECT_EQ(whole_number()("0"), "");
    EXPECT_EQ(whole_number()("18446744073709551615"), "");
    EXPECT_EQ(whole_number(1, 10)("10"), "");
}

TEST(WholeNumberTest, SaysWhatWasExpectedAndFound) {
    EXPECT_EQ(whole_number(1, 10)("11"), "expected a whole number from 1 to 10, found \"11\"");
    // CLI11 itself takes each of these.
    for (const char* text : {"-1", "", "18446744073709551616", "0x10", "010", "+3", " 7"}) {
        EXPECT_THAT(whole_number()(text), HasSubstr("expected a whole number")) << text;
    }
    EXPECT_THAT(whole_number()("\x1b[2J" + std::string(1'000, '1')), HasSubstr("found \""));
    EXPECT_LT(whole_number()(std::string(1'000, '1')).size(), 150u);
}

}  // namespace
}  // namespace onsite
