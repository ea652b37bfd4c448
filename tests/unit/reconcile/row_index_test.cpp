// What the index picks for a second pass: every row that is dirty, whole rows, and hardly others.
#include "solutions/1-reconciliation/production/strategies/row_index.hpp"

#include <gtest/gtest.h>

#include "base/rng.hpp"

namespace onsite::reconcile {
namespace {

constexpr int kBucketBits = 20;

struct KnownRow {
    std::uint32_t file;
    std::uint64_t byte;
    std::uint64_t line;
    bool is_dirty;
};

// A feed as the index sees it, and what has to be picked of it.
class IndexedFeed {
public:
    explicit IndexedFeed(std::uint64_t seed) : rng_(seed) {}

    // `dirty_of_100` rows in a hundred are; `odd_of_1000` in a thousand are long or come behind
    // blank lines.
    void add_file(std::size_t rows, std::uint64_t dirty_of_100, std::uint64_t odd_of_1000) {
        std::uint64_t byte = 24;  // Behind the header.
        std::uint64_t line = 2;
        Batch batch;
        std::vector<RowHash> hashes;
        batch.file = file_;
        for (std::size_t i = 0; i < rows; ++i) {
            if (rng_.below(1000) < odd_of_1000) line += rng_.below(3);
            const bool is_dirty = rng_.below(100) < dirty_of_100;
            // Dirty rows have the odd buckets.
            const std::uint64_t bucket = rng_.below(1 << (kBucketBits - 1)) * 2 + is_dirty;
            batch.rows.push_back({.byte = byte, .line = line});
            hashes.push_back({.id = bucket << (64 - kBucketBits), .low = 0, .high = 0});
            known_.push_back({file_, byte, line, is_dirty});
            byte += rng_.below(1000) < odd_of_1000 ? 200 + rng_.below(200) : 30 + rng_.below(20);
            ++line;
        }
        index_.add(batch, hashes);
        ++file_;
    }

    std::vector<Stretch> picked() const {
        DirtyBuckets dirty(kBucketBits);
        for (std::size_t bucket = 1; bucket < dirty.buckets(); bucket += 2) dirty.mark(bucket);
        std::vector<Stretch> stretches;
        const auto picker = index_.pick(dirty);
        Stretch stretch;
        while (picker->next(stretch)) stretches.push_back(stretch);
        return stretches;
    }

    const std::vector<KnownRow>& known() const { return known_; }
    bool is_first_of_file(std::size_t row) const {
        return row == 0 || known_[row - 1].file != known_[row].file;
    }
    // Where the row after this one begins.
    std::uint64_t end_of(std::size_t row) const {
        const bool is_last = row + 1 == known_.size() || is_first_of_file(row + 1);
        return is_last ? Stretch::kToTheEnd : known_[row + 1].byte;
    }

    RowIndex& index() { return index_; }

private:
    Rng rng_;
    std::uint32_t file_ = 0;
    std::vector<KnownRow> known_;
    RowIndex index_{std::uint64_t{1} << 30};
};

// Walks over the rows and the stretches together. Each stretch is made of whole rows that are dirty
// or the first of a file, and all those are in one.
void expect_right(const IndexedFeed& feed) {
    const std::vector<Stretch> stretches = feed.picked();
    std::size_t next = 0;
    std::size_t row = 0;
    while (row < feed.known().size()) {
        const KnownRow& first = feed.known()[row];
        if (!first.is_dirty && !feed.is_first_of_file(row)) {
            ++row;
            continue;
        }
        ASSERT_LT(next, stretches.size()) << "row " << row << " was not picked";
        const Stretch& stretch = stretches[next++];
        ASSERT_EQ(stretch.file, first.file) << "row " << row;
        ASSERT_EQ(stretch.byte, feed.is_first_of_file(row) ? 0 : first.byte) << "row " << row;
        ASSERT_EQ(stretch.line, feed.is_first_of_file(row) ? 1 : first.line) << "row " << row;
        while (feed.end_of(row) != stretch.end) {
            ++row;
            ASSERT_LT(row, feed.known().size()) << "a stretch ends within a row";
            ASSERT_TRUE(feed.known()[row].is_dirty) << "row " << row << " was picked";
        }
        ++row;
    }
    EXPECT_EQ(next, stretches.size());
}

TEST(RowIndexTest, PicksDirtyRowsOfAnyShare) {
    for (const std::uint64_t dirty_of_100 : {0u, 1u, 6u, 44u, 99u, 100u}) {
        SCOPED_TRACE(dirty_of_100);
        IndexedFeed feed(dirty_of_100);
        feed.add_file(20'000, dirty_of_100, 0);
        expect_right(feed);
    }
}

TEST(RowIndexTest, PicksBehindLongRowsAndBlankLines) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        SCOPED_TRACE(seed);
        IndexedFeed feed(seed);
        feed.add_file(5'000, 10 * (seed % 10), 50);
        expect_right(feed);
    }
}

TEST(RowIndexTest, PicksFromEachOfManyFiles) {
    IndexedFeed feed(1);
    for (std::size_t rows = 1; rows < 200; ++rows) feed.add_file(rows, 20, 10);
    expect_right(feed);
}

TEST(RowIndexTest, PicksAcrossTheChunksOfItsMemory) {
    IndexedFeed feed(2);
    feed.add_file((std::size_t{1} << 20) + 5, 6, 1);
    expect_right(feed);
}

TEST(RowIndexTest, LeavesTheMemoryThatIsAskedFor) {
    IndexedFeed feed(4);
    feed.add_file(std::size_t{3} << 19, 0, 0);
    BlockPool pool;
    feed.index().give_up_to(pool, 2 * BlockPool::kBlockBytes + 1);
    EXPECT_EQ(pool.bytes_held(), 2 * BlockPool::kBlockBytes);
    EXPECT_FALSE(feed.index().is_whole());
}

TEST(RowIndexTest, PicksNothingOfNoRows) {
    const IndexedFeed feed(3);
    EXPECT_TRUE(feed.picked().empty());
}

}  // namespace
}  // namespace onsite::reconcile
