// Rows and findings come back as they were kept, at every edge of the short forms that they have.
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "solutions/1-reconciliation/production/storage/finding_store.hpp"
#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"
#include "solutions/1-reconciliation/production/strategies/partitioned_rows.hpp"
#include "tests/support/collecting_sink.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t k32Bits = std::uint64_t{1} << 32;
constexpr std::array<std::int64_t, 7> kAmounts = {0,
                                                  -1,
                                                  (std::int64_t{1} << 31) - 1,
                                                  -(std::int64_t{1} << 31),
                                                  std::int64_t{1} << 31,
                                                  std::numeric_limits<std::int64_t>::min(),
                                                  std::numeric_limits<std::int64_t>::max()};
constexpr std::array<std::uint64_t, 5> kPlaces = {0, 127, 128, k32Bits - 1, k32Bits};
constexpr std::array<std::uint32_t, 4> kFiles = {0, 254, 255, 65'534};
constexpr std::array<std::size_t, 5> kIdSizes = {0, 1, 255, 256, kIdBytesMax};

// One number at its edges at a time. `ids` is what their ids stand in.
std::vector<Record> some_records(std::vector<std::string>& ids) {
    ids.clear();
    for (const std::size_t size : kIdSizes) ids.emplace_back(size, 'x');
    const Record usual = {
        .id = "id", .amount_minor = 5, .currency = kCurrencies - 1, .place = {0, 2, 3}};
    std::vector<Record> records(kAmounts.size() + 2 * kPlaces.size() + kFiles.size() + ids.size(),
                                usual);
    std::size_t next = 0;
    for (const std::int64_t amount : kAmounts) records[next++].amount_minor = amount;
    for (const std::uint64_t line : kPlaces) records[next++].place.line = line;
    for (const std::uint64_t byte : kPlaces) records[next++].place.byte = byte;
    for (const std::uint32_t file : kFiles) records[next++].place.file = file;
    for (const std::string& id : ids) records[next++].id = id;
    return records;
}

TEST(KeptRowsTest, ComeBackFromMemoryAndFromTheDisk) {
    std::vector<std::string> ids;
    const auto records = some_records(ids);
    for (const std::uint64_t memory : {std::uint64_t{1} << 12, std::uint64_t{1} << 24}) {
        PartitionedRows rows(0, 1, memory, ::testing::TempDir());
        std::vector<std::string> expected, found;
        for (const Record& record : records) {
            expected.push_back(line_of(record));
            ASSERT_TRUE(rows.add(0,
                                 {.id_bytes = record.id.data(),
                                  .id_size = static_cast<std::uint32_t>(record.id.size()),
                                  .currency = record.currency,
                                  .amount_minor = record.amount_minor,
                                  .byte = record.place.byte,
                                  .line = record.place.line},
                                 record.place.file));
        }
        ASSERT_TRUE(rows.for_each(0, [&](KeptRows kept, bool) {
            for (const KeptRow* const row : kept) found.push_back(line_of(row->record()));
        }));
        EXPECT_EQ(found, expected);
        EXPECT_EQ(rows.bytes_spilled() > 0, memory < 1 << 20);
    }
}

// Where the rows stand that are in memory.
std::vector<const char*> places_in_memory(const PartitionedRows& rows) {
    std::vector<const char*> places;
    EXPECT_TRUE(rows.for_each(0, [&](KeptRows kept, bool stay) {
        for (const KeptRow* const row : kept) {
            if (stay) places.push_back(reinterpret_cast<const char*>(row));
        }
    }));
    return places;
}

TEST(KeptRowsTest, LongOnesTakeTheMemoryThatShortOnesHad) {
    constexpr std::uint64_t kMemory = 2 << 20;
    PartitionedRows rows(0, 1, kMemory, ::testing::TempDir());
    const auto add_rows_of = [&](std::size_t id_size, std::uint64_t bytes) {
        const std::string id(id_size, 'x');
        for (std::uint64_t added = 0; added < bytes; added += id_size) {
            const Row row = {.id_bytes = id.data(),
                             .id_size = static_cast<std::uint32_t>(id.size()),
                             .currency = 1,
                             .amount_minor = 1,
                             .byte = 1,
                             .line = 1};
            ASSERT_TRUE(rows.add(0, row, 0));
        }
    };
    add_rows_of(100, kMemory / 2);
    const std::vector<const char*> short_ones = places_in_memory(rows);
    ASSERT_FALSE(short_ones.empty());
    ASSERT_EQ(rows.bytes_spilled(), 0u);
    add_rows_of(kIdBytesMax, kMemory);
    EXPECT_GT(rows.bytes_spilled(), 0u);
    for (const char* const place : places_in_memory(rows)) {
        EXPECT_LT(static_cast<std::uint64_t>(place - short_ones.front()), kMemory);
    }
    ASSERT_TRUE(rows.let_go());
    EXPECT_TRUE(places_in_memory(rows).empty());
    EXPECT_EQ(rows.bytes_held(), 0u);
    EXPECT_EQ(rows.bytes_spilled(0), rows.bytes_spilled());
}

TEST(KeptRowsTest, OfAGroupThatIsForgottenLeaveTheirMemoryToOthers) {
    BlockPool pool;
    PartitionedRows rows(4, 4, std::uint64_t{128} << 20, ::testing::TempDir(), pool);
    ASSERT_EQ(rows.groups(), 4u);
    for (std::uint64_t partition = 0; partition < rows.partitions(); ++partition) {
        const Row row = {.id_bytes = "x",
                         .id_size = 1,
                         .currency = 1,
                         .amount_minor = static_cast<std::int64_t>(partition),
                         .byte = 1,
                         .line = 1};
        ASSERT_TRUE(rows.add(partition << 60, row, 0));
    }
    EXPECT_EQ(rows.bytes_held(), 4 * BlockPool::kBlockBytes);
    rows.forget(1);
    EXPECT_EQ(rows.bytes_held(), 3 * BlockPool::kBlockBytes);
    EXPECT_TRUE(pool.has_blocks());
    std::vector<std::int64_t> left;
    for (std::size_t partition = 0; partition < rows.partitions(); ++partition) {
        ASSERT_TRUE(rows.for_each(partition, [&](KeptRows kept, bool) {
            for (const KeptRow* const row : kept) left.push_back(row->record().amount_minor);
        }));
    }
    EXPECT_EQ(left, (std::vector<std::int64_t>{0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15}));
}

TEST(KeptRowsTest, AreOneGroupWhenTheyAreFew) {
    constexpr std::uint64_t kMemory = std::uint64_t{1} << 30;
    const auto groups_of = [](std::uint64_t rows) {
        const auto made = make_rows_of_feeds(
            ::testing::TempDir(), {.rows = rows, .bytes = rows * 40}, {kMemory, kMemory});
        return made[0].groups();
    };
    EXPECT_EQ(groups_of(0), 1u);
    EXPECT_EQ(groups_of(100'000), 1u);
    EXPECT_EQ(groups_of(100'000'000), 16u);
}

TEST(KeptFindingsTest, ComeBackFromMemoryAndFromTheDisk) {
    std::vector<std::string> ids;
    for (const Record& record : some_records(ids)) {
        for (const std::uint64_t memory : {1u, 1u << 20}) {
            FindingStore store(::testing::TempDir(), memory);
            const Record other = {.id = record.id, .amount_minor = -7, .place = {1, 2, 3}};
            ASSERT_TRUE(store.unmatched(Side::bank, record));
            ASSERT_TRUE(store.pair(record, other));
            ASSERT_TRUE(store.duplicate(Side::ledger, record));
            CollectingSink sink;
            ASSERT_TRUE(store.deliver(sink));
            const std::string line = line_of(record);
            const Rejection rejection = {
                .reason = RejectReason::duplicate_id, .place = record.place, .id = record.id};
            EXPECT_EQ(sink.lines,
                      (std::vector<std::string>{"unmatched bank " + line,
                                                "discrepancy " + line + " | " + line_of(other),
                                                line_of(Side::ledger, rejection)}));
        }
    }
}

}  // namespace
}  // namespace onsite::reconcile
