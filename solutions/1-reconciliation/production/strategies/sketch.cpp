// The fast strategy: most rows reconcile, so most rows are never kept.
#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"
#include "solutions/1-reconciliation/production/strategies/sketch_table.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// At 2.5 rows of a side in a bucket, 3 % of different rows make 8 % of the rows dirty. The filters
// are full at about 10.
constexpr std::uint64_t kRowsPerTwoBuckets = 5;
constexpr std::uint64_t kRowsPerBucketMax = 8;
constexpr int kBitsMin = 10;
constexpr int kBitsMax = 27;

std::uint64_t rows_of_larger_side(const Run& run) {
    return std::max(run.rows_guess(Side::ledger), run.rows_guess(Side::bank));
}

// The sketch has half of the memory at most: the rows that it leaves want their place later.
int choose_bits(const Run& run) {
    const std::uint64_t bytes = std::min(sketch_bytes_wanted(run), run.settings().memory_bytes / 2);
    const int bits = static_cast<int>(std::bit_width(bytes / kSketchBucketBytes)) - 1;
    return std::clamp(bits, kBitsMin, kBitsMax);
}

Result<DirtyBuckets> sketch_feeds(Run& run) {
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
        return {};
    });
    if (!read) return pass_on(read);
    for (auto& writer : writers) writer->flush();
    return table.dirty();
}

// The rows of dirty buckets, of both feeds.
Result<void> keep_dirty(Run& run, const DirtyBuckets& dirty, RowsOfFeeds& rows) {
    std::array<std::vector<std::uint64_t>, kSides> hashes;
    return run.read_feeds(2, 2, [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_ids(batch.rows, hashes[number]);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            if (!dirty.has(hashes[number][i])) continue;
            auto kept = rows[number].add(hashes[number][i], batch.rows[i], batch.file);
            if (!kept) return kept;
        }
        return {};
    });
}

}  // namespace

std::uint64_t sketch_bytes_wanted(const Run& run) {
    const std::uint64_t buckets = rows_of_larger_side(run) * 2 / kRowsPerTwoBuckets + 1;
    return std::bit_ceil(buckets) * kSketchBucketBytes;
}

std::uint64_t sketch_bytes_needed(const Run& run) {
    return rows_of_larger_side(run) / kRowsPerBucketMax * kSketchBucketBytes;
}

Result<void> run_sketch(Run& run) {
    // The table itself is given back before the rows that it left are kept.
    auto dirty = sketch_feeds(run);
    if (!dirty) return pass_on(dirty);
    const std::uint64_t rows_seen =
        run.census(Side::ledger).parsed.rows() + run.census(Side::bank).parsed.rows();
    const double share =
        static_cast<double>(dirty->count()) / static_cast<double>(dirty->buckets());
    RowsOfFeeds rows = make_rows_of_feeds(
        run.settings(), static_cast<std::uint64_t>(share * static_cast<double>(rows_seen)));
    if (auto kept = keep_dirty(run, *dirty, rows); !kept) return kept;
    return join(rows, run);
}

}  // namespace onsite::reconcile
