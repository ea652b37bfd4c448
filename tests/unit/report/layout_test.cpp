// Goal: columns line up whatever stands in them, and a bar never looks fuller than it is.
#include "harness/report/layout.hpp"

namespace onsite {
namespace {

using ::testing::ElementsAre;

TEST(BarTest, IsFullOnlyForEverythingAndEmptyOnlyForNothing) {
    EXPECT_EQ(bar(0, 22, 10), "··········");
    EXPECT_EQ(bar(22, 22, 10), "██████████");
    EXPECT_EQ(bar(11, 22, 10), "█████·····");
    EXPECT_EQ(bar(99, 100, 10), "█████████·");
    EXPECT_EQ(bar(1, 100, 10), "█·········");
    EXPECT_EQ(bar(0, 0, 10), "··········");
}

TEST(ColumnsTest, AreCountedInCodePoints) {
    EXPECT_EQ(columns_of("naïve"), 5u);
    EXPECT_EQ(left("ï", 3), "ï  ");
    EXPECT_EQ(right("ï", 3), "  ï");
    EXPECT_EQ(left("long", 2), "long");
}

TEST(CutTest, ShowsThatSomethingIsMissing) {
    EXPECT_EQ(cut("exactly", 7), "exactly");
    EXPECT_EQ(cut("too long", 5), "too …");
    EXPECT_EQ(cut("ïïïï", 3), "ïï…");
    EXPECT_EQ(cut("any", 0), "");
}

TEST(WrapTest, BreaksAtSpaces) {
    EXPECT_THAT(wrapped("one two three", 7), ElementsAre("one two", "three"));
    EXPECT_THAT(wrapped("", 7), ElementsAre(""));
    EXPECT_THAT(wrapped("unbreakable", 6), ElementsAre("unbre…"));
}

TEST(NumberTest, IsGroupedByThousands) {
    EXPECT_EQ(with_thousands(0), "0");
    EXPECT_EQ(with_thousands(999), "999");
    EXPECT_EQ(with_thousands(1'000), "1,000");
    EXPECT_EQ(with_thousands(18'446'744'073'709'551'615u), "18,446,744,073,709,551,615");
}

TEST(DurationTest, HasAUnitThatFits) {
    EXPECT_EQ(duration(0.618), "0.62 ms");
    EXPECT_EQ(duration(840), "840 ms");
    EXPECT_EQ(duration(12'345), "12.3 s");
}

TEST(PainterTest, PaintsOnlyWhenAsked) {
    EXPECT_EQ(Painter(Colour::never).red("x"), "x");
    EXPECT_EQ(Painter(Colour::always).red("x"), "\x1b[31;1mx\x1b[0m");
}

}  // namespace
}  // namespace onsite
