// Goal: kappa is the published one, and drift and consistency count what they say.
#include "harness/agreement/pairs.hpp"

#include <string>
#include <vector>

#include "harness/agreement/alpha.hpp"

namespace onsite {
namespace {

std::string kappa_of(const std::vector<RatedPair>& pairs, Weighting weighting) {
    const auto kappa = weighted_kappa(pairs, weighting);
    return kappa ? three_decimals(*kappa) : "none";
}

// counts[i][j]: how often the first said i + 1 and the second j + 1.
std::vector<RatedPair> pairs_of(const std::vector<std::vector<int>>& counts) {
    std::vector<RatedPair> pairs;
    for (int i = 0; i < static_cast<int>(counts.size()); ++i) {
        const auto& row = counts[static_cast<std::size_t>(i)];
        for (int j = 0; j < static_cast<int>(row.size()); ++j) {
            const auto count = static_cast<std::size_t>(row[static_cast<std::size_t>(j)]);
            pairs.insert(pairs.end(), count, {.first = i + 1, .second = j + 1});
        }
    }
    return pairs;
}

// SAS/STAT documents simple kappa .4842 and weighted kappa .4701 for this table.
const std::vector<std::vector<int>> kPublished = {{0, 4, 1}, {0, 8, 0}, {0, 1, 5}};

TEST(KappaTest, IsThePublishedOneWithoutWeights) {
    EXPECT_EQ(kappa_of(pairs_of(kPublished), Weighting::none), "0.484");
}

TEST(KappaTest, IsThePublishedOneWithLinearWeights) {
    EXPECT_EQ(kappa_of(pairs_of(kPublished), Weighting::linear), "0.470");
}

// The anxiety ratings of the R package irr, raters 2 and 3: equal .146, squared .252 (level 6 is
// the fifth in use).
TEST(KappaTest, IsThePublishedOneWithQuadraticWeights) {
    const std::vector<int> second = {3, 5, 4, 5, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4};
    const std::vector<int> third = {2, 1, 4, 4, 3, 2, 1, 5, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2};
    std::vector<RatedPair> pairs;
    for (std::size_t i = 0; i < second.size(); ++i) pairs.push_back({second[i], third[i]});
    EXPECT_EQ(kappa_of(pairs, Weighting::linear), "0.146");
    EXPECT_EQ(kappa_of(pairs, Weighting::quadratic), "0.252");
}

TEST(KappaTest, SaysNothingWhereNothingCanBeSaid) {
    EXPECT_EQ(kappa_of({}, Weighting::linear), "none");
    EXPECT_EQ(kappa_of({{3, 3}, {3, 3}}, Weighting::linear), "none");
}

TEST(ConsistencyTest, CountsEqualNearAndTheDirection) {
    const std::vector<RatedPair> pairs = {{2, 2}, {2, 3}, {1, 4}, {3, 2}};
    EXPECT_EQ(consistency(pairs),
              (Consistency{.pairs = 4, .equal = 1, .within_one = 3, .sum_of_shifts = 3}));
}

TEST(DriftTest, IsTheChangeOfTheMeanShiftFromTheEarlierHalfToTheLater) {
    const std::vector<RatedPair> harsher = {{3, 3}, {2, 2}, {3, 2}, {4, 3}, {4, 2}};
    const Drift found = drift(harsher);
    EXPECT_EQ(found.earlier.pairs, 2);
    EXPECT_EQ(found.later.pairs, 3);
    EXPECT_EQ(found.hundredths(), -133);
    EXPECT_EQ(drift({}).hundredths(), 0);
}

}  // namespace
}  // namespace onsite
