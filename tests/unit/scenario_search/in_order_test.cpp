// Work on several threads comes out as one thread would have done it.
#include "scenarios/search/in_order.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace onsite::scenarios {
namespace {

std::vector<std::uint64_t> squares(std::uint64_t count, unsigned threads) {
    std::vector<std::uint64_t> used;
    work_in_order(
        count, threads, [](std::uint64_t i) { return i * i; },
        [&](std::uint64_t i, std::uint64_t square) {
            EXPECT_EQ(i, used.size());
            used.push_back(square);
        });
    return used;
}

TEST(WorkInOrderTest, UsesEachResultOnceAndInOrder) {
    for (const std::uint64_t count : {0u, 1u, 63u, 64u, 65u, 192u, 1'000u}) {
        std::vector<std::uint64_t> expected(count);
        for (std::uint64_t i = 0; i < count; ++i) expected[i] = i * i;
        for (const unsigned threads : {1u, 2u, 3u, 16u}) {
            EXPECT_EQ(squares(count, threads), expected) << count << " on " << threads;
        }
    }
}

TEST(WorkInOrderTest, UsesResultsOnTheCallingThread) {
    const auto here = std::this_thread::get_id();
    std::uint64_t elsewhere = 0;
    work_in_order(
        500, 4, [](std::uint64_t i) { return i; },
        [&](std::uint64_t, std::uint64_t) { elsewhere += std::this_thread::get_id() != here; });
    EXPECT_EQ(elsewhere, 0u);
}

}  // namespace
}  // namespace onsite::scenarios
