// Sorted is sorted, whether entries fit in memory or come back from hundreds of runs.
#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/rng.hpp"

namespace onsite::reconcile {
namespace {

using Entries = std::vector<std::pair<std::string, std::string>>;

Entries some_entries(std::size_t count) {
    Rng rng(5);
    Entries entries;
    for (std::size_t i = 0; i < count; ++i) {
        entries.emplace_back(std::string(rng.below(12), static_cast<char>('a' + rng.below(3))),
                             std::to_string(rng.below(5)));
    }
    return entries;
}

Entries sorted_by(ExternalSorter& sorter) {
    EXPECT_TRUE(sorter.finish());
    Entries sorted;
    Entry entry;
    while (sorter.next(entry).value()) sorted.emplace_back(entry.key, entry.tail);
    return sorted;
}

TEST(ExternalSorterTest, SortsWithAnyMemory) {
    Entries entries = some_entries(3000);
    Entries expected = entries;
    std::ranges::sort(expected);
    for (const std::uint64_t memory : {100u, 5'000u, 10'000'000u}) {
        ExternalSorter sorter(::testing::TempDir(), memory);
        for (const auto& [key, tail] : entries) ASSERT_TRUE(sorter.add({key, tail}));
        EXPECT_EQ(sorted_by(sorter), expected) << memory;
        EXPECT_EQ(sorter.bytes_spilled() > 0, memory < 10'000'000u);
    }
}

TEST(ExternalSorterTest, AbsorbsAnother) {
    ExternalSorter one(::testing::TempDir(), 300);
    ExternalSorter other(::testing::TempDir(), 300);
    Entries entries = some_entries(200);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        ASSERT_TRUE((i % 3 == 0 ? one : other).add({entries[i].first, entries[i].second}));
    }
    ASSERT_TRUE(one.absorb(other));
    std::ranges::sort(entries);
    EXPECT_EQ(sorted_by(one), entries);
}

// Ids have long beginnings in common, are the beginning of another, come again, or are all one.
TEST(ExternalSorterTest, SortsKeysThatAreEqualForLong) {
    Rng rng(6);
    Entries entries;
    for (const std::size_t common : {11u, 12u, 13u, 40u, 100u, 300u}) {
        for (int i = 0; i < 200; ++i) {
            const std::string beginning(common, static_cast<char>('a' + common % 7));
            const std::string more(rng.below(4), static_cast<char>(rng.below(3)));
            entries.emplace_back(beginning + more, std::string(rng.below(300), 't'));
        }
    }
    Entries expected = entries;
    std::ranges::sort(expected);
    for (const std::uint64_t memory : {20'000u, 10'000'000u}) {
        ExternalSorter sorter(::testing::TempDir(), memory);
        for (const auto& [key, tail] : entries) ASSERT_TRUE(sorter.add({key, tail}));
        EXPECT_EQ(sorted_by(sorter), expected) << memory;
    }
}

TEST(ExternalSorterTest, TakesMoreMemoryAsLongAsThePoolHasSome) {
    const std::string key(1000, 'k');
    BlockPool pool;
    pool.give(HugeMemory(3 * BlockPool::kBlockBytes));
    ExternalSorter sorter(::testing::TempDir(), 100'000, pool);
    for (int i = 0; i < 4000; ++i) ASSERT_TRUE(sorter.add({key, "t"}));
    EXPECT_EQ(sorter.bytes_spilled(), 0u);
    for (int i = 0; i < 4000; ++i) ASSERT_TRUE(sorter.add({key, "t"}));
    EXPECT_FALSE(pool.has_blocks());
    EXPECT_GT(sorter.bytes_spilled(), 0u);
    EXPECT_EQ(sorted_by(sorter).size(), 8'000u);
}

TEST(ExternalSorterTest, NamesTheFolderThatIsMissing) {
    ExternalSorter sorter("/nowhere/at/all", 1);
    const auto added = sorter.add({"key", "tail"});
    ASSERT_FALSE(added);
    EXPECT_TRUE(added.error().message.starts_with("/nowhere/at/all: expected a folder"));
}

}  // namespace
}  // namespace onsite::reconcile
