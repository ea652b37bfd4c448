// Goal: two traces are equal when their hashes are, wherever and whenever they were made.
#include "base/stable_hash.hpp"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace onsite {
namespace {

// Long enough for several blocks, and for every rest of a block behind them.
constexpr std::size_t kBytes = 300;

std::string bytes(std::size_t count) {
    std::string text(count, ' ');
    for (std::size_t i = 0; i < count; ++i) text[i] = static_cast<char>(i * 7 % 251);
    return text;
}

TEST(StableHashTest, IsTheSameOnEveryMachine) {
    EXPECT_EQ(fmt::format("{:016x}", add_to_hash(0, "")), "0000000000000000");
    EXPECT_EQ(fmt::format("{:016x}", add_to_hash(0, "onsite")), "5122fac39a493200");
    EXPECT_EQ(fmt::format("{:016x}", add_to_hash(1, bytes(63))), "e7f17dcc99024c85");
    EXPECT_EQ(fmt::format("{:016x}", add_to_hash(1, bytes(64))), "8172e85f29458f12");
    EXPECT_EQ(fmt::format("{:016x}", add_to_hash(1, bytes(kBytes))), "7dc2cbacfcbc812c");
}

TEST(StableHashTest, EachLengthHasAnother) {
    std::set<std::uint64_t> seen;
    for (std::size_t count = 0; count <= kBytes; ++count) {
        EXPECT_TRUE(seen.insert(add_to_hash(0, std::string(count, '\0'))).second) << count;
    }
}

TEST(StableHashTest, EachBitOfEachByteCounts) {
    for (std::size_t count : {5u, 40u, 64u, 95u, 130u, 300u}) {
        const std::uint64_t whole = add_to_hash(0, bytes(count));
        for (std::size_t bit = 0; bit < 8 * count; ++bit) {
            std::string changed = bytes(count);
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
            EXPECT_NE(add_to_hash(0, changed), whole) << count << " bytes, bit " << bit;
        }
    }
}

// Words are multiplied side by side; what stands where is not lost by it.
TEST(StableHashTest, WordsThatChangePlacesCount) {
    constexpr std::size_t kWord = 8;
    const std::uint64_t whole = add_to_hash(0, bytes(kBytes));
    for (std::size_t a = 0; a + kWord <= kBytes; a += kWord) {
        for (std::size_t b = a + kWord; b + kWord <= kBytes; b += kWord) {
            std::string changed = bytes(kBytes);
            for (std::size_t i = 0; i < kWord; ++i) std::swap(changed[a + i], changed[b + i]);
            EXPECT_NE(add_to_hash(0, changed), whole) << a << " and " << b;
        }
    }
}

TEST(StableHashTest, WhereATextEndsCounts) {
    const std::string text = bytes(kBytes);
    const std::uint64_t whole = add_to_hash(0, text);
    for (std::size_t end = 1; end < kBytes; ++end) {
        const std::string_view front = std::string_view(text).substr(0, end);
        const std::string_view back = std::string_view(text).substr(end);
        EXPECT_NE(add_to_hash(add_to_hash(0, front), back), whole) << end;
    }
}

}  // namespace
}  // namespace onsite
