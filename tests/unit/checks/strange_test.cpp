// Strange ids and amounts stand in for plain ones, so they have to be many, different and in order,
// and nothing that the contract forbids.

#include "exercises/1-reconciliation/checks/strange.hpp"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "exercises/1-reconciliation/checks/model.hpp"

namespace onsite::reconciliation {
namespace {

constexpr std::uint32_t kManyStyles = 40;

template <typename Values>
bool is_strictly_rising(const Values& values) {
    return std::ranges::adjacent_find(values, std::greater_equal{}) == values.end();
}

TEST(StrangeTest, AmountsAreDifferentAndInOrder) {
    for (std::uint32_t style = 0; style < kManyStyles; ++style) {
        for (const std::size_t count : {0u, 1u, 2u, 7u, 100u, 200u}) {
            const auto amounts = strange_amounts(count, style);
            EXPECT_EQ(amounts.size(), count);
            EXPECT_TRUE(is_strictly_rising(amounts)) << style;
        }
    }
}

TEST(StrangeTest, AmountsReachTheLimits) {
    const auto all = strange_amounts(100, 0);
    const std::set<std::int64_t> amounts(all.begin(), all.end());
    for (const std::int64_t limit :
         {INT64_MIN, INT64_MAX, std::int64_t{0}, std::int64_t{-1}, std::int64_t{1} << 53,
          (std::int64_t{1} << 53) + 1, std::int64_t{INT32_MAX}, std::int64_t{INT32_MAX} + 1,
          std::int64_t{INT32_MIN} - 1, std::int64_t{UINT32_MAX} + 1, (std::int64_t{1} << 24) + 1}) {
        EXPECT_TRUE(amounts.contains(limit)) << limit;
    }
}

TEST(StrangeTest, SomeStyleHasOnlyNeighbours) {
    int styles = 0;
    for (std::uint32_t style = 0; style < kManyStyles; ++style) {
        const auto amounts = strange_amounts(6, style);
        styles += amounts.front() > (1LL << 53) - 6 && amounts.back() - amounts.front() == 5;
    }
    EXPECT_GT(styles, 0) << "neighbours above 2^53 tell a double from an integer";
}

TEST(StrangeTest, IdsAreWhatTheContractAllows) {
    for (const auto& family : strange_id_families()) {
        const std::set<std::string> ids(family.begin(), family.end());
        EXPECT_EQ(ids.size(), family.size()) << "twice in the family of " << family.front();
        for (const std::string& id : family) {
            EXPECT_FALSE(fault_of({id, "1", "USD"})) << id.size() << " bytes";
        }
    }
}

TEST(StrangeTest, IdsAreDifferentAndInOrder) {
    for (std::uint32_t style = 0; style < kManyStyles; ++style) {
        std::vector<std::uint32_t> choices;
        for (std::uint32_t n = 0; n < 100; ++n) choices.push_back(n * 7919 % 1000);
        const auto ids = strange_ids(choices, style);
        EXPECT_EQ(ids.size(), choices.size());
        EXPECT_TRUE(is_strictly_rising(ids));
        EXPECT_EQ(strange_ids(std::vector<std::uint32_t>(kStrangeIdsMax, 0), style).size(),
                  kStrangeIdsMax)
            << "the same choice over and over";
    }
}

TEST(StrangeTest, IdsReachEveryLength) {
    std::set<std::size_t> lengths;
    for (const auto& family : strange_id_families()) {
        for (const std::string& id : family) lengths.insert(id.size());
    }
    EXPECT_EQ(*lengths.begin(), 1u);
    EXPECT_EQ(*lengths.rbegin(), kIdBytesMax);
    EXPECT_TRUE(lengths.contains(255) && lengths.contains(256) && lengths.contains(257));
}

TEST(StrangeTest, EncodingsAgreeOnTheOrder) {
    // UTF-16 puts what is above U+FFFF before U+E000: no list may have both.
    for (std::uint32_t style = 0; style < kManyStyles; ++style) {
        std::vector<std::uint32_t> choices;
        for (std::uint32_t n = 0; n < kStrangeIdsMax; ++n) choices.push_back(4 * n + 3);
        bool has_astral = false;
        bool has_high = false;
        for (const std::string& id : strange_ids(choices, style)) {
            for (const char c : id) {
                has_astral = has_astral || static_cast<unsigned char>(c) >= 0xF0;
                has_high = has_high || (static_cast<unsigned char>(c) & 0xFE) == 0xEE;
            }
        }
        EXPECT_FALSE(has_astral && has_high) << "style " << style;
    }
}

}  // namespace
}  // namespace onsite::reconciliation
