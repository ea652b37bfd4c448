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

TEST(ExternalSorterTest, NamesTheFolderThatIsMissing) {
    ExternalSorter sorter("/nowhere/at/all", 1);
    const auto added = sorter.add({"key", "tail"});
    ASSERT_FALSE(added);
    EXPECT_TRUE(added.error().message.starts_with("/nowhere/at/all: expected a folder"));
}

}  // namespace
}  // namespace onsite::reconcile
