// The fast strategy: most rows reconcile, so most rows are never kept.
#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"
#include "solutions/1-reconciliation/production/strategies/row_index.hpp"
#include "solutions/1-reconciliation/production/strategies/sketch_table.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// At 2.5 rows of a side in a bucket, 3 % of different rows make 8 % of the rows dirty. The filters
// are full at about 10.
constexpr std::uint64_t kRowsPerTwoBuckets = 5;
constexpr std::uint64_t kRowsPerBucketMax = 8;
// Measured (docs/reference/reconcile-speed.md): reading once beats reading twice when more than a
// quarter of the rows differ, which is when more than half of the buckets are dirty. After a first
// pass it beats picking the dirty rows only when three quarters of them are.
constexpr std::uint64_t kDifferentShare = 4;
constexpr double kDirtyShareMax = 0.75;
constexpr int kBitsMin = 10;
constexpr int kBitsMax = 27;  // Of all slices together.
constexpr int kSliceBitsMax = 2;

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
    const std::uint64_t wanted = std::bit_ceil(buckets) * kSketchBucketBytes;
    const MemoryPlan& memory = run.memory();
    Layout layout;
    layout.has_index = RowIndex::bytes_for(rows_of_larger_side(run)) <= memory.index_bytes;
    // The sketch leaves room for the index, or takes it when that would be too small.
    const std::uint64_t room =
        memory.sketch_bytes + (layout.has_index ? 0 : kSides * memory.index_bytes);
    const std::uint64_t most = std::min(wanted, room) / kSketchBucketBytes;
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

Result<void> sketch_slice(Run& run, const Layout& layout, int slice, Indexes& indexes,
                          DirtyBuckets& dirty) {
    SketchTable table(layout.bits);
    std::array<std::optional<SketchTable::Writer>, kSides> writers;
    for (std::size_t side = 0; side < kSides; ++side) {
        writers[side].emplace(table, static_cast<Side>(side));
    }
    std::array<std::vector<RowHash>, kSides> hashes;
    const auto take = [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_rows(batch.rows, hashes[number]);
        if (slice == 0) indexes[number].add(batch, hashes[number]);
        take_slice(layout, static_cast<std::uint64_t>(slice), hashes[number]);
        writers[number]->add(hashes[number]);
        return {};
    };
    if (auto read = run.read_feeds(slice + 1, layout.slices() + 1, take); !read) return read;
    for (auto& writer : writers) writer->flush();
    table.mark_dirty(dirty, static_cast<std::size_t>(slice) << layout.bits);
    return {};
}

// The rows of dirty buckets, of both feeds.
Result<void> keep_dirty(Run& run, int pass, const DirtyBuckets& dirty, const Indexes& indexes,
                        RowsOfFeeds& rows) {
    Run::Pickers pickers;
    for (std::size_t side = 0; side < kSides; ++side) {
        if (indexes[side].is_whole()) pickers[side] = indexes[side].pick(dirty);
    }
    std::array<std::vector<std::uint64_t>, kSides> hashes;
    const auto take = [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_ids(batch.rows, hashes[number]);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            if (!dirty.has(hashes[number][i])) continue;
            auto kept = rows[number].add(hashes[number][i], batch.rows[i], batch.file);
            if (!kept) return kept;
        }
        return {};
    };
    return run.read_feeds(pass, pass, take, std::move(pickers));
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
    DirtyBuckets dirty(layout.bits + layout.slice_bits);
    // The table of a slice is given back before the next one is filled, or rows are kept.
    for (int slice = 0; slice < layout.slices(); ++slice) {
        auto done = sketch_slice(run, layout, slice, indexes, dirty);
        if (!done) return pass_on(done);
    }
    const int last_pass = layout.slices() + 1;
    const std::uint64_t rows_seen =
        run.census(Side::ledger).parsed.rows() + run.census(Side::bank).parsed.rows();
    const double share = static_cast<double>(dirty.count()) / static_cast<double>(dirty.buckets());
    if (share > kDirtyShareMax && run.settings().strategy == Strategy::automatic) {
        for (RowIndex& index : indexes) index.give_up();
        auto joined = run_hash_join(run, last_pass, last_pass);
        if (!joined) return pass_on(joined);
        return Strategy::hash;
    }
    RowsOfFeeds rows =
        make_rows_of_feeds(run.settings().temp_folder,
                           static_cast<std::uint64_t>(share * static_cast<double>(rows_seen)),
                           run.memory().rows_bytes);
    if (auto kept = keep_dirty(run, last_pass, dirty, indexes, rows); !kept) return pass_on(kept);
    for (RowIndex& index : indexes) index.give_up();
    if (auto joined = join(rows, run); !joined) return pass_on(joined);
    return Strategy::sketch;
}

}  // namespace onsite::reconcile
