// Goal: the chart shows the slope, and no measurement can break it.
#include "harness/report/growth.hpp"

#include <cmath>
#include <limits>

#include "harness/report/layout.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(GrowthTableTest, TellsTheRatioToTheReference) {
    const std::vector<GrowthPoint> points = {{10'000, 30, 10}, {1'000'000, 3'000, 0}};
    const auto lines = growth_table(points);
    ASSERT_EQ(lines.size(), 3u);
    EXPECT_EQ(lines[1], "      10,000         30 ms         10 ms      3.0");
    EXPECT_EQ(lines[2], "   1,000,000         3.0 s       0.00 ms        -");
}

TEST(GrowthChartTest, HasTheSlowestAtTheTopRight) {
    const std::vector<GrowthPoint> points = {{10'000, 10, 10}, {1'000'000, 100'000, 1'000}};
    const auto lines = growth_chart(points);
    ASSERT_EQ(lines.size(), 12u);
    EXPECT_THAT(lines.front(), StartsWith("   100.0 s ┤"));
    EXPECT_THAT(lines.front(), ::testing::EndsWith("●"));
    EXPECT_THAT(lines[8], HasSubstr("┤●"));
    EXPECT_THAT(lines[4], ::testing::EndsWith("○"));  // Half of the way up: two of four decades.
    EXPECT_THAT(lines[10], HasSubstr("10,000"));
    EXPECT_THAT(lines[10], ::testing::EndsWith("1,000,000 rows"));
}

TEST(GrowthChartTest, NeedsTwoPoints) {
    EXPECT_TRUE(growth_chart(std::vector<GrowthPoint>{}).empty());
    EXPECT_TRUE(growth_chart(std::vector<GrowthPoint>{{10, 1, 1}}).empty());
    EXPECT_EQ(growth_svg(std::vector<GrowthPoint>{{10, 1, 1}}), "");
}

TEST(GrowthChartTest, SurvivesEveryNumber) {
    const double infinite = std::numeric_limits<double>::infinity();
    const std::vector<std::vector<GrowthPoint>> all = {
        {{0, 0, 0}, {0, 0, 0}},
        {{5, 1, 1}, {5, 1, 1}},
        {{10, 1, infinite}, {20, std::nan(""), 1}},
        {{10, -5, 1e-300}, {std::numeric_limits<std::uint64_t>::max(), 1e300, 2}}};
    for (const auto& points : all) {
        for (const std::string& line : growth_chart(points)) EXPECT_LE(columns_of(line), 60u);
        growth_table(points);
        EXPECT_THAT(growth_svg(points), ::testing::Not(HasSubstr("nan")));
    }
}

}  // namespace
}  // namespace onsite
