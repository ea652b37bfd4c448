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
constexpr int kBitsMax = 27;

std::uint64_t rows_of_larger_side(const Run& run) {
    return std::max(run.rows_guess(Side::ledger), run.rows_guess(Side::bank));
}

// The sketch has half of the memory at most: the rows that it leaves want their place later.
int choose_bits(const Run& run) {
    const std::uint64_t bytes = std::min(sketch_bytes_wanted(run), run.memory().sketch_bytes);
    const int bits = static_cast<int>(std::bit_width(bytes / kSketchBucketBytes)) - 1;
    return std::clamp(bits, kBitsMin, kBitsMax);
}

using Indexes = std::array<RowIndex, kSides>;

Result<DirtyBuckets> sketch_feeds(Run& run, Indexes& indexes) {
    SketchTable table(choose_bits(run));
    std::array<std::optional<SketchTable::Writer>, kSides> writers;
    for (std::size_t side = 0; side < kSides; ++side) {
        writers[side].emplace(table, static_cast<Side>(side));
    }
    std::array<std::vector<RowHash>, kSides> hashes;
    auto read = run.read_feeds(1, 2, [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_rows(batch.rows, hashes[number]);
        writers[number]->add(hashes[number]);
        indexes[number].add(batch, hashes[number]);
        return {};
    });
    if (!read) return pass_on(read);
    for (auto& writer : writers) writer->flush();
    return table.dirty();
}

// The rows of dirty buckets, of both feeds.
Result<void> keep_dirty(Run& run, const DirtyBuckets& dirty, const Indexes& indexes,
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
    return run.read_feeds(2, 2, take, std::move(pickers));
}

}  // namespace

std::uint64_t sketch_bytes_wanted(const Run& run) {
    const std::uint64_t buckets = rows_of_larger_side(run) * 2 / kRowsPerTwoBuckets + 1;
    return std::bit_ceil(buckets) * kSketchBucketBytes;
}

bool sketch_may_pay(const Run& run) {
    const std::uint64_t ledger = run.rows_guess(Side::ledger);
    const std::uint64_t bank = run.rows_guess(Side::bank);
    const std::uint64_t more = std::max(ledger, bank) - std::min(ledger, bank);
    const std::uint64_t needed = rows_of_larger_side(run) / kRowsPerBucketMax * kSketchBucketBytes;
    return more <= (ledger + bank) / kDifferentShare && needed <= run.memory().sketch_bytes;
}

Result<Strategy> run_sketch(Run& run) {
    // The table itself is given back before the rows that it left are kept.
    Indexes indexes = {RowIndex(run.memory().index_bytes), RowIndex(run.memory().index_bytes)};
    auto dirty = sketch_feeds(run, indexes);
    if (!dirty) return pass_on(dirty);
    const std::uint64_t rows_seen =
        run.census(Side::ledger).parsed.rows() + run.census(Side::bank).parsed.rows();
    const double share =
        static_cast<double>(dirty->count()) / static_cast<double>(dirty->buckets());
    if (share > kDirtyShareMax && run.settings().strategy == Strategy::automatic) {
        for (RowIndex& index : indexes) index.give_up();
        auto joined = run_hash_join(run, 2, 2);
        if (!joined) return pass_on(joined);
        return Strategy::hash;
    }
    RowsOfFeeds rows =
        make_rows_of_feeds(run, static_cast<std::uint64_t>(share * static_cast<double>(rows_seen)),
                           run.memory().rows_bytes);
    if (auto kept = keep_dirty(run, *dirty, indexes, rows); !kept) return pass_on(kept);
    for (RowIndex& index : indexes) index.give_up();
    if (auto joined = join(rows, run); !joined) return pass_on(joined);
    return Strategy::sketch;
}

}  // namespace onsite::reconcile
