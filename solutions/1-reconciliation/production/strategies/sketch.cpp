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

// What is known of the feeds' rows without keeping them.
struct Sketched {
    Sketched(const Run& run, const Layout& layout)
        : indexes{RowIndex(index_bytes(run, layout)), RowIndex(index_bytes(run, layout))},
          dirty(layout.bits + layout.slice_bits) {}

    static std::uint64_t index_bytes(const Run& run, const Layout& layout) {
        return layout.has_index ? run.memory().index_bytes : 0;
    }
    double dirty_share() const {
        return static_cast<double>(dirty.count()) / static_cast<double>(dirty.buckets());
    }

    std::optional<PairSketch> slice;  // The one in work, or the last one.
    Indexes indexes;
    DirtyBuckets dirty;
    std::array<RowSums, kSides> sums;  // Of the rows that are not kept.
};

// Leaves the rows of one slice, their hashes spread over the whole table.
void take_slice(const Layout& layout, std::uint64_t slice, std::vector<RowHash>& hashes) {
    if (layout.slice_bits == 0) return;
    std::erase_if(
        hashes, [&](const RowHash& hash) { return hash.id >> (64 - layout.slice_bits) != slice; });
    for (RowHash& hash : hashes) hash.id <<= layout.slice_bits;
}

Result<void> sketch_slice(Run& run, const Layout& layout, int slice, Sketched& sketched) {
    std::array<std::vector<RowHash>, kSides> hashes;
    const auto take = [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_rows(batch.rows, hashes[number]);
        if (slice == 0) {
            sketched.indexes[number].add(batch, hashes[number]);
            for (const RowHash& row : hashes[number]) sketched.sums[number].add(row);
        }
        take_slice(layout, static_cast<std::uint64_t>(slice), hashes[number]);
        sketched.slice->add(side, hashes[number]);
        return {};
    };
    if (auto read = run.read_feeds(slice + 1, layout.slices() + 1, take); !read) return read;
    return run.in_parallel([&](std::size_t half) -> Result<void> {
        sketched.slice->mark_dirty(sketched.dirty, static_cast<std::size_t>(slice) << layout.bits,
                                   half);
        return {};
    });
}

Result<void> sketch_feeds(Run& run, const Layout& layout, Sketched& sketched) {
    for (int slice = 0; slice < layout.slices(); ++slice) {
        // The last one is given back before the next one is made.
        sketched.slice.emplace(layout.bits, run.settings().check_bits);
        if (auto done = sketch_slice(run, layout, slice, sketched); !done) return done;
    }
    return {};
}

// Keeps the rows of these buckets, of both feeds.
Result<void> keep_rows(Run& run, int pass, const DirtyBuckets& buckets, Sketched& sketched,
                       RowsOfFeeds& rows) {
    Run::Pickers pickers;
    for (std::size_t side = 0; side < kSides; ++side) {
        const RowIndex& index = sketched.indexes[side];
        if (index.is_whole()) pickers[side] = index.pick(buckets);
    }
    std::array<std::vector<RowHash>, kSides> hashes;
    std::array<RowSums, kSides> kept_sums;
    const auto take = [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_rows(batch.rows, hashes[number]);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            const RowHash& hash = hashes[number][i];
            rows[number].prefetch(
                hashes[number][std::min(i + kRowsAhead, batch.rows.size() - 1)].id);
            if (!buckets.has(hash.id)) continue;
            kept_sums[number].add(hash);
            auto kept = rows[number].add(hash.id, batch.rows[i], batch.file);
            if (!kept) return kept;
        }
        return {};
    };
    if (auto read = run.read_feeds(pass, pass, take, std::move(pickers)); !read) return read;
    for (std::size_t side = 0; side < kSides; ++side) sketched.sums[side] -= kept_sums[side];
    return {};
}

// The buckets that are not dirty, of the parts in which rows differ all the same; nothing when
// there are more than kMissedPartsMax of these.
std::optional<DirtyBuckets> missed_buckets(const Sketched& sketched) {
    const DirtyBuckets& dirty = sketched.dirty;
    DirtyBuckets missed(dirty.bits());
    std::size_t parts = 0;
    for (std::size_t part = 0; part < RowSums::kParts; ++part) {
        if (sketched.sums[0].of(part) == sketched.sums[1].of(part)) continue;
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
Result<bool> keep_what_differs(Run& run, int& pass, Sketched& sketched, RowsOfFeeds& rows) {
    const auto& sums = sketched.sums;
    auto kept = keep_rows(run, pass, sketched.dirty, sketched, rows);
    if (!kept) return pass_on(kept);
    if (sums[0] == sums[1]) return true;
    // A change of a bucket was lost, or different rows have had the same 32 bits there.
    const auto missed = missed_buckets(sketched);
    if (!missed) return false;
    kept = keep_rows(run, ++pass, *missed, sketched, rows);
    if (!kept) return pass_on(kept);
    return sums[0] == sums[1];
}

// A dirty bucket has one or two rows that made it dirty, besides those that any bucket has. Where
// ids are long most buckets are empty, and the share of the dirty ones says nothing about the rows.
RowsExpected dirty_rows(const Run& run, const Sketched& sketched) {
    const DirtyBuckets& dirty = sketched.dirty;
    const std::uint64_t rows_seen = sketched.sums[0].rows() + sketched.sums[1].rows();
    if (rows_seen == 0) return {};
    const double rows_of_bucket =
        static_cast<double>(rows_seen) / static_cast<double>(dirty.buckets());
    const double guess = static_cast<double>(dirty.count()) * (kRowsThatDiffer + rows_of_bucket);
    const std::uint64_t rows = std::min(rows_seen, static_cast<std::uint64_t>(guess));
    return {.rows = rows, .bytes = run.unpacked_bytes_guess() / rows_seen * rows};
}

// Rows stand where the sketch was: memory that was touched before costs nothing again.
void reuse(std::optional<PairSketch>& sketch, std::uint64_t bytes_max, BlockPool& pool) {
    HugeMemory memory = sketch->give_up();
    const std::uint64_t bytes = std::min<std::uint64_t>(memory.size(), bytes_max);
    pool.give(memory.split_off(bytes / BlockPool::kBlockBytes * BlockPool::kBlockBytes));
    sketch.reset();
}

// The same with the indexes, until the pool holds so much.
void reuse(Indexes& indexes, std::uint64_t bytes_max, BlockPool& pool) {
    for (RowIndex& index : indexes) {
        index.give_up_to(pool, bytes_max - std::min(pool.bytes_held(), bytes_max));
    }
}

// Returns whether that was all; if not, nothing was found yet, and `pass` is the last one.
Result<bool> join_what_differs(Run& run, int& pass, Sketched& sketched) {
    const RowsExpected expected = dirty_rows(run, sketched);
    const std::uint64_t room = run.memory().rows_bytes;
    RowsOfFeeds rows =
        make_rows_of_feeds(run.settings().temp_folder, expected, {room, room}, run.pool());
    reuse(sketched.slice, std::min(expected.rows * kRowBytes, kSides * room), run.pool());
    auto is_all = keep_what_differs(run, pass, sketched, rows);
    if (!is_all || !*is_all) return is_all;
    // For findings, as far as the rows leave that much of their share.
    const std::uint64_t held = rows[0].bytes_held() + rows[1].bytes_held();
    reuse(sketched.indexes, kSides * room - std::min(held, kSides * room), run.pool());
    if (auto joined = join(rows, run); !joined) return pass_on(joined);
    return true;
}

// Joins all rows after the sketch has read the feeds.
Result<Strategy> join_all(Run& run, int pass, Sketched& sketched) {
    reuse(sketched.indexes, run.memory().all_rows_bytes, run.pool());
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
    Sketched sketched(run, layout);
    if (auto done = sketch_feeds(run, layout, sketched); !done) return pass_on(done);
    int pass = layout.slices() + 1;
    if (run.settings().strategy == Strategy::automatic && sketched.dirty_share() > kDirtyShareMax) {
        reuse(sketched.slice, run.memory().all_rows_bytes, run.pool());
        return join_all(run, pass, sketched);
    }
    auto is_all = join_what_differs(run, pass, sketched);
    if (!is_all) return pass_on(is_all);
    if (*is_all) return Strategy::sketch;
    // The next pass tells a changed file by its hash.
    return join_all(run, pass + 1, sketched);
}

}  // namespace onsite::reconcile
