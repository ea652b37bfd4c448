// Goal: a seed gives the same numbers for ever: an old grade is repeated with them.
#include "base/rng.hpp"

#include <array>
#include <set>

namespace onsite {
namespace {

// The first outputs of SplitMix64 for seed 0, as other implementations publish them.
TEST(RngTest, GivesThePublishedNumbers) {
    Rng rng(0);
    EXPECT_EQ(rng.next(), 0xE220A8397B1DCDAFu);
    EXPECT_EQ(rng.next(), 0x6E789E6AA1B965F4u);
    EXPECT_EQ(rng.next(), 0x06C45D188009454Fu);
}

TEST(RngTest, StaysBelowItsBound) {
    Rng rng(42);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 1'000; ++i) {
        const std::uint64_t number = rng.below(7);
        EXPECT_LT(number, 7u);
        seen.insert(number);
    }
    EXPECT_EQ(seen.size(), 7u);
    EXPECT_EQ(rng.below(1), 0u);
}

TEST(RngTest, ForksByNameAndNotByOrder) {
    const Rng rng(42);
    EXPECT_EQ(rng.fork("ids").next(), rng.fork("ids").next());
    EXPECT_NE(rng.fork("ids").next(), rng.fork("amounts").next());
    EXPECT_EQ(rng.fork("ids").next(), 9'040'415'011'130'126'567u);
}

}  // namespace
}  // namespace onsite
