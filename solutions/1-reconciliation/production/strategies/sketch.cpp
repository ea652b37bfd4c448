// The fast strategy: most rows reconcile, so most rows are never kept.
#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"
#include "solutions/1-reconciliation/production/strategies/pair_sketch.hpp"
#include "solutions/1-reconciliation/production/strategies/row_index.hpp"
#include "solutions/1-reconciliation/production/strategies/row_sums.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// At 1.2 rows of a side in a bucket, 3 % of different rows make 6 % of the rows dirty. The filters
// are full at about 10.
constexpr std::uint64_t kRowsPerTwoBuckets = 3;
constexpr std::uint64_t kRowsPerBucketMax = 8;
// Measured (docs/reference/reconcile-speed.md): reading once beats reading twice when more than a
// quarter of the rows differ. After a first pass it beats picking the dirty rows only when half of
// the buckets are dirty, which is when some three quarters of the rows are: many buckets are empty.
constexpr std::uint64_t kDifferentShare = 4;
constexpr double kDirtyShareMax = 0.5;
constexpr double kRowsThatDiffer = 2;    // One of each feed, in a dirty bucket.
constexpr std::uint64_t kRowBytes = 48;  // A guess at a row that is kept.
constexpr int kBitsMin = 10;
constexpr int kBitsMax = 27;  // Of all slices together.
constexpr int kSliceBitsMax = 2;
constexpr std::size_t kRowsAhead = 16;  // Whose places are fetched.
// Of the whole sums: more of them are no accident, and all rows are joined.
constexpr std::size_t kMissedPartsMax = RowSums::kParts / 4;
static_assert(kBitsMin >= RowSums::kPartBits);

std::uint64_t rows_of_larger_side(const Run& run) {
    return std::max(run.rows_guess(Side::ledger), run.rows_guess(Side::bank));
}

using Indexes = std::array<RowIndex, kSides>;
using SumsOfFeeds = std::array<RowSums, kSides>;

// When memory is short the buckets are filled slice after slice, with a pass for each: reading
// again costs less than spilling rows.
struct Layout {
    int bits = 0;  // Of the table, which is one slice.
    int slice_bits = 0;
    bool has_index = false;
    int slices() const { return 1 << slice_bits; }
};

std::uint64_t rows_per_bucket(const Run& run, const Layout& layout) {
    return rows_of_larger_side(run) >> (layout.bits + layout.slice_bits);
}

Layout lay_out(const Run& run) {
    const std::uint64_t buckets = rows_of_larger_side(run) * 2 / kRowsPerTwoBuckets + 1;
    const std::uint64_t wanted = std::bit_ceil(buckets) * PairSketch::kBytesPerBucket;
    const MemoryPlan& memory = run.memory();
    Layout layout;
    layout.has_index = RowIndex::bytes_for(rows_of_larger_side(run)) <= memory.index_bytes;
    // The sketch leaves room for the index, or takes it when that would be too small.
    const std::uint64_t room =
        memory.sketch_bytes + (layout.has_index ? 0 : kSides * memory.index_bytes);
    const std::uint64_t most = std::min(wanted, room) / PairSketch::kBytesPerBucket;
    layout.bits = std::clamp(static_cast<int>(std::bit_width(most)) - 1, kBitsMin, kBitsMax);
    while (rows_per_bucket(run, layout) >= kRowsPerBucketMax &&
           layout.slice_bits < std::min(kSliceBitsMax, kBitsMax - layout.bits)) {
        ++layout.slice_bits;
    }
    return layout;
}

// Leaves the rows of one slice, their hashes spread over the whole table.
void take_slice(const Layout& layout, std::uint64_t slice, std::vector<RowHash>& hashes) {
    if (layout.slice_bits == 0) return;
    std::erase_if(
        hashes, [&](const RowHash& hash) { return hash.id >> (64 - layout.slice_bits) != slice; });
    for (RowHash& hash : hashes) hash.id <<= layout.slice_bits;
}

// `sums` become those of all rows in the first slice.
Result<void> sketch_slice(Run& run, const Layout& layout, int slice, PairSketch& sketch,
                          Indexes& indexes, SumsOfFeeds& sums, DirtyBuckets& dirty) {
    std::array<std::vector<RowHash>, kSides> hashes;
    const auto take = [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_rows(batch.rows, hashes[number]);
        if (slice == 0) {
            indexes[number].add(batch, hashes[number]);
            for (const RowHash& row : hashes[number]) sums[number].add(row);
        }
        take_slice(layout, static_cast<std::uint64_t>(slice), hashes[number]);
        sketch.add(side, hashes[number]);
        return {};
    };
    if (auto read = run.read_feeds(slice + 1, layout.slices() + 1, take); !read) return read;
    return run.in_parallel([&](std::size_t half) -> Result<void> {
        sketch.mark_dirty(dirty, static_cast<std::size_t>(slice) << layout.bits, half);
        return {};
    });
}

// The rows of dirty buckets, of both feeds. Takes them away from `sums`.
Result<void> keep_dirty(Run& run, int pass, const DirtyBuckets& dirty, const Indexes& indexes,
                        SumsOfFeeds& sums, RowsOfFeeds& rows) {
    Run::Pickers pickers;
    for (std::size_t side = 0; side < kSides; ++side) {
        if (indexes[side].is_whole()) pickers[side] = indexes[side].pick(dirty);
    }
    std::array<std::vector<RowHash>, kSides> hashes;
    SumsOfFeeds kept_sums;
    const auto take = [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_rows(batch.rows, hashes[number]);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const RowHash& hash = hashes[number][i];
            rows[number].prefetch(
                hashes[number][std::min(i + kRowsAhead, batch.rows.size() - 1)].id);
            if (!dirty.has(hash.id)) continue;
            kept_sums[number].add(hash);
            auto kept = rows[number].add(hash.id, batch.rows[i], batch.file);
            if (!kept) return kept;
        }
        return {};
    };
    if (auto read = run.read_feeds(pass, pass, take, std::move(pickers)); !read) return read;
    for (std::size_t side = 0; side < kSides; ++side) sums[side] -= kept_sums[side];
    return {};
}

// The buckets that are not dirty, of the parts in which rows differ all the same; nothing when
// there are more than kMissedPartsMax of these.
std::optional<DirtyBuckets> missed_buckets(const DirtyBuckets& dirty, const SumsOfFeeds& sums) {
    DirtyBuckets missed(dirty.bits());
    std::size_t parts = 0;
    for (std::size_t part = 0; part < RowSums::kParts; ++part) {
        if (sums[0].of(part) == sums[1].of(part)) continue;
        if (++parts > kMissedPartsMax) return std::nullopt;
        const std::size_t size = dirty.buckets() / RowSums::kParts;
        for (std::size_t bucket = part * size; bucket < (part + 1) * size; ++bucket) {
            if (!dirty.is_dirty(bucket)) missed.mark(bucket);
        }
    }
    return missed;
}

// Keeps the rows of dirty buckets, and of those that should have been; `pass` becomes the last one.
// Returns whether all other rows have matched. If not, too many parts differ, or a file was changed
// since the first pass.
Result<bool> keep_what_differs(Run& run, int& pass, const DirtyBuckets& dirty,
                               const Indexes& indexes, SumsOfFeeds& sums, RowsOfFeeds& rows) {
    if (auto kept = keep_dirty(run, pass, dirty, indexes, sums, rows); !kept) return pass_on(kept);
    if (sums[0] == sums[1]) return true;
    // A change of a bucket was lost, or different rows have had the same 32 bits there.
    const auto missed = missed_buckets(dirty, sums);
    if (!missed) return false;
    ++pass;
    auto kept = keep_dirty(run, pass, *missed, indexes, sums, rows);
    if (!kept) return pass_on(kept);
    return sums[0] == sums[1];
}

// A dirty bucket has one or two rows that made it dirty, besides those that any bucket has. Where
// ids are long most buckets are empty, and the share of the dirty ones says nothing about the rows.
RowsExpected dirty_rows(const Run& run, const DirtyBuckets& dirty, std::uint64_t rows_seen) {
    if (rows_seen == 0) return {};
    const double rows_of_bucket =
        static_cast<double>(rows_seen) / static_cast<double>(dirty.buckets());
    const double guess = static_cast<double>(dirty.count()) * (kRowsThatDiffer + rows_of_bucket);
    const std::uint64_t rows = std::min(rows_seen, static_cast<std::uint64_t>(guess));
    return {.rows = rows, .bytes = run.unpacked_bytes_guess() / rows_seen * rows};
}

// Rows stand where the sketch was: memory that was touched before costs nothing again.
void reuse(PairSketch& sketch, std::uint64_t bytes_max, BlockPool& pool) {
    HugeMemory memory = sketch.give_up();
    const std::uint64_t bytes = std::min<std::uint64_t>(memory.size(), bytes_max);
    pool.give(memory.split_off(bytes / BlockPool::kBlockBytes * BlockPool::kBlockBytes));
}

// The same with the indexes, until the pool holds so much.
void reuse(Indexes& indexes, std::uint64_t bytes_max, BlockPool& pool) {
    for (RowIndex& index : indexes) {
        index.give_up_to(pool, bytes_max - std::min(pool.bytes_held(), bytes_max));
    }
}

// Joins all rows after the sketch has read the feeds.
Result<Strategy> join_after_all(Run& run, Indexes& indexes, int pass) {
    reuse(indexes, run.memory().all_rows_bytes, run.pool());
    if (auto joined = run_hash_join(run, pass, pass); !joined) return pass_on(joined);
    return Strategy::hash;
}

}  // namespace

bool sketch_may_pay(const Run& run) {
    const std::uint64_t ledger = run.rows_guess(Side::ledger);
    const std::uint64_t bank = run.rows_guess(Side::bank);
    const std::uint64_t more = std::max(ledger, bank) - std::min(ledger, bank);
    return more <= (ledger + bank) / kDifferentShare &&
           rows_per_bucket(run, lay_out(run)) < kRowsPerBucketMax;
}

Result<Strategy> run_sketch(Run& run) {
    const Layout layout = lay_out(run);
    const std::uint64_t index_bytes = layout.has_index ? run.memory().index_bytes : 0;
    Indexes indexes = {RowIndex(index_bytes), RowIndex(index_bytes)};
    SumsOfFeeds sums;
    DirtyBuckets dirty(layout.bits + layout.slice_bits);
    std::optional<PairSketch> sketch;
    for (int slice = 0; slice < layout.slices(); ++slice) {
        // The last one is given back before the next one is made.
        sketch.emplace(layout.bits, run.settings().check_bits);
        auto done = sketch_slice(run, layout, slice, *sketch, indexes, sums, dirty);
        if (!done) return pass_on(done);
    }
    int last_pass = layout.slices() + 1;
    const std::uint64_t rows_seen = sums[0].rows() + sums[1].rows();
    const double share = static_cast<double>(dirty.count()) / static_cast<double>(dirty.buckets());
    if (share > kDirtyShareMax && run.settings().strategy == Strategy::automatic) {
        reuse(*sketch, run.memory().all_rows_bytes, run.pool());
        sketch.reset();
        return join_after_all(run, indexes, last_pass);
    }
    {
        const RowsExpected expected = dirty_rows(run, dirty, rows_seen);
        const std::uint64_t room = run.memory().rows_bytes;
        RowsOfFeeds rows =
            make_rows_of_feeds(run.settings().temp_folder, expected, {room, room}, run.pool());
        reuse(*sketch, std::min(expected.rows * kRowBytes, kSides * room), run.pool());
        sketch.reset();
        auto has_all = keep_what_differs(run, last_pass, dirty, indexes, sums, rows);
        if (!has_all) return pass_on(has_all);
        if (*has_all) {
            // For findings, as far as the rows leave that much of their share.
            const std::uint64_t held = rows[0].bytes_held() + rows[1].bytes_held();
            reuse(indexes, kSides * room - std::min(held, kSides * room), run.pool());
            if (auto joined = join(rows, run); !joined) return pass_on(joined);
            return Strategy::sketch;
        }
    }
    // The next pass tells a changed file by its hash.
    return join_after_all(run, indexes, last_pass + 1);
}

}  // namespace onsite::reconcile
