// Goal: the figures are the published ones. The example is the one of Krippendorff's "Computing
// Krippendorff's Alpha-Reliability" (2011), part D: four observers, twelve units, ratings missing.
#include "harness/agreement/alpha.hpp"

namespace onsite {
namespace {

constexpr std::nullopt_t no = std::nullopt;

// One row for each unit, one column for each observer.
const std::vector<RatedUnit> kPublished = {
    {1, 1, no, 1}, {2, 2, 3, 2}, {3, 3, 3, 3}, {3, 3, 3, 3},  {2, 2, 2, 2},   {1, 2, 3, 4},
    {4, 4, 4, 4},  {1, 1, 2, 1}, {2, 2, 2, 2}, {no, 5, 5, 5}, {no, no, 1, 1}, {no, 3, no, no}};

std::string alpha_of(const std::vector<RatedUnit>& units, Distance distance) {
    const auto alpha = krippendorff_alpha(units, distance);
    return alpha ? three_decimals(*alpha) : "none";
}

TEST(AlphaTest, IsThePublishedOneOfNominalData) {
    EXPECT_EQ(alpha_of(kPublished, Distance::nominal), "0.743");
}

TEST(AlphaTest, IsThePublishedOneOfOrdinalData) {
    EXPECT_EQ(alpha_of(kPublished, Distance::ordinal), "0.815");
}

TEST(AlphaTest, IsThePublishedOneOfIntervalData) {
    EXPECT_EQ(alpha_of(kPublished, Distance::interval), "0.849");
}

TEST(AlphaTest, SaysNothingWhereNothingCanBeSaid) {
    EXPECT_EQ(alpha_of({}, Distance::ordinal), "none");
    EXPECT_EQ(alpha_of({{3, no}, {no, 2}}, Distance::ordinal), "none");
    EXPECT_EQ(alpha_of({{3, 3}, {3, 3}}, Distance::ordinal), "none") << "no level told apart";
}

TEST(AlphaTest, IsBelowZeroForPeopleWhoDisagreeSystematically) {
    EXPECT_LT(*krippendorff_alpha(std::vector<RatedUnit>{{1, 4}, {4, 1}, {1, 4}, {4, 1}},
                                  Distance::ordinal),
              0);
}

TEST(BootstrapTest, TheIntervalHoldsTheFigureAndIsRepeatedByItsSeed) {
    const auto interval = bootstrap_interval(kPublished, Distance::ordinal, 7);
    ASSERT_TRUE(interval);
    const auto again = bootstrap_interval(kPublished, Distance::ordinal, 7);
    EXPECT_EQ(interval->low, again->low);
    EXPECT_EQ(interval->high, again->high);
    EXPECT_LT(interval->low, 0.815);
    EXPECT_GT(interval->high, 0.815);
    EXPECT_LE(interval->high, 1.0);
}

TEST(BootstrapTest, SaysNothingOfNothing) {
    EXPECT_FALSE(bootstrap_interval({}, Distance::ordinal, 7));
    EXPECT_FALSE(bootstrap_interval(std::vector<RatedUnit>{{2, 2}}, Distance::ordinal, 7));
}

TEST(AlphaWordsTest, KeepToTheBarsOfTheSource) {
    EXPECT_EQ(alpha_words(0.8, 10), "reliable");
    EXPECT_EQ(alpha_words(0.667, 10), "enough for tentative conclusions");
    EXPECT_THAT(alpha_words(0.666, 10), ::testing::StartsWith("too low"));
    EXPECT_EQ(alpha_words(1.0, 9), "too few to tell: 9 of 10");
}

TEST(ThreeDecimalsTest, NeverShowsANegativeZero) {
    EXPECT_EQ(three_decimals(-0.0001), "0.000");
    EXPECT_EQ(three_decimals(-0.25), "-0.250");
    EXPECT_EQ(three_decimals(1), "1.000");
}

}  // namespace
}  // namespace onsite
