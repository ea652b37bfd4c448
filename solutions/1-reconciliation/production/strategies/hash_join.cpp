#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <memory>

#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kPartitionRows = 8192;
constexpr std::uint64_t kPartitionBytesMin = 16 << 10;
constexpr int kPartitionBitsMax = 12;

// The first good rows with one id, of either feed.
struct Couple {
    std::uint64_t hash = 0;
    std::array<const KeptRow*, kSides> rows = {};
    std::string_view id() const { return (rows[0] != nullptr ? rows[0] : rows[1])->id(); }
};

// The ids of one partition: open addressing, a slot is a number into the list of couples.
class Couples {
public:
    Couples() : slots_(64) {}

    Couple& of(const KeptRow& row, std::uint64_t hash) {
        if (couples_.size() * 2 >= slots_.size()) grow();
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
            if (slots_[i] == 0) {
                couples_.push_back({.hash = hash});
                slots_[i] = static_cast<std::uint32_t>(couples_.size());
                return couples_.back();
            }
            Couple& couple = couples_[slots_[i] - 1];
            if (couple.hash == hash && couple.id() == row.id()) return couple;
        }
    }
    const std::vector<Couple>& all() const { return couples_; }
    void clear() {
        couples_.clear();
        std::ranges::fill(slots_, 0);
    }

private:
    void grow() {
        std::ranges::fill(slots_, 0);
        slots_.resize(slots_.size() * 2);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t number = 0; number < couples_.size(); ++number) {
            std::size_t i = couples_[number].hash & mask;
            while (slots_[i] != 0) i = (i + 1) & mask;
            slots_[i] = static_cast<std::uint32_t>(number + 1);
        }
    }

    std::vector<Couple> couples_;
    std::vector<std::uint32_t> slots_;
};

// Rows of one partition that were read from the disk, in memory that is used again.
class RowCopies {
public:
    const KeptRow* copy_of(const KeptRow& row) {
        const std::size_t words = (row.size() + 7) / 8;
        if (block_ == blocks_.size() || blocks_[block_].size() - used_ < words) {
            if (block_ < blocks_.size()) ++block_;
            if (block_ == blocks_.size()) blocks_.emplace_back(kBlockWords);
            used_ = 0;
        }
        std::uint64_t* const copy = blocks_[block_].data() + used_;
        std::memcpy(copy, &row, row.size());
        used_ += words;
        return reinterpret_cast<const KeptRow*>(copy);
    }
    void clear() { block_ = used_ = 0; }

private:
    // Several rows with the longest id.
    static constexpr std::size_t kBlockWords = (256 << 10) / 8;
    static_assert(kBlockWords * 8 > 2 * KeptRow::kSizeMax);
    std::vector<std::vector<std::uint64_t>> blocks_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;
};

// One partition after the other, in memory that is used again.
class PartitionJoin {
public:
    PartitionJoin(const Hasher& hasher, FindingStore& findings)
        : hasher_(hasher), findings_(findings) {}

    Result<void> join(const RowsOfFeeds& rows, std::size_t partition) {
        couples_.clear();
        copies_.clear();
        for (std::size_t side = 0; side < kSides; ++side) {
            Result<void> done;
            auto read = rows[side].for_each(partition, [&](const KeptRow& row, bool stays) {
                if (done) done = add(static_cast<Side>(side), row, stays);
            });
            if (!read) return read;
            if (!done) return done;
        }
        return tell();
    }

private:
    // The first row of an id stands; a later one is a duplicate, also when it is the same.
    Result<void> add(Side side, const KeptRow& row, bool stays) {
        Couple& couple = couples_.of(row, hasher_.hash_id(row.id()));
        const KeptRow*& first = couple.rows[static_cast<std::size_t>(side)];
        if (first != nullptr) return findings_.duplicate(side, row.record());
        first = stays ? &row : copies_.copy_of(row);
        return {};
    }

    Result<void> tell() {
        for (const Couple& couple : couples_.all()) {
            const auto& [ledger, bank] = couple.rows;
            Result<void> told;
            if (bank == nullptr) {
                told = findings_.unmatched(Side::ledger, ledger->record());
            } else if (ledger == nullptr) {
                told = findings_.unmatched(Side::bank, bank->record());
            } else {
                told = findings_.pair(ledger->record(), bank->record());
            }
            if (!told) return told;
        }
        return {};
    }

    const Hasher& hasher_;
    FindingStore& findings_;
    Couples couples_;
    RowCopies copies_;  // Of rows that were on the disk.
};

}  // namespace

RowsOfFeeds make_rows_of_feeds(const std::filesystem::path& temp_folder,
                               std::uint64_t rows_expected, std::uint64_t memory_bytes) {
    const std::uint64_t most = std::max<std::uint64_t>(1, memory_bytes / kPartitionBytesMin);
    const std::uint64_t wanted = std::min(rows_expected / kPartitionRows + 1, most);
    const int bits = std::min(kPartitionBitsMax, static_cast<int>(std::bit_width(wanted)) - 1);
    return {PartitionedRows(bits, memory_bytes, temp_folder),
            PartitionedRows(bits, memory_bytes, temp_folder)};
}

Result<void> join(const RowsOfFeeds& rows, Run& run) {
    for (const PartitionedRows& side : rows) {
        run.rows_kept += side.rows();
        run.bytes_spilled += side.bytes_spilled();
    }
    std::atomic<std::size_t> next = 0;
    return run.in_parallel([&](std::size_t worker) -> Result<void> {
        PartitionJoin partition_join(run.hasher(), run.findings(worker));
        while (true) {
            const std::size_t partition = next.fetch_add(1);
            if (partition >= rows[0].partitions()) return {};
            if (auto joined = partition_join.join(rows, partition); !joined) return joined;
        }
    });
}

Result<void> join(const RowsOfFeeds& rows, const Hasher& hasher, FindingStore& findings) {
    PartitionJoin partition_join(hasher, findings);
    for (std::size_t partition = 0; partition < rows[0].partitions(); ++partition) {
        if (auto joined = partition_join.join(rows, partition); !joined) return joined;
    }
    return {};
}

Result<void> run_hash_join(Run& run, int pass, int passes) {
    RowsOfFeeds rows = make_rows_of_feeds(run.settings().temp_folder,
                                          run.rows_guess(Side::ledger) + run.rows_guess(Side::bank),
                                          run.memory().all_rows_bytes);
    std::array<std::vector<std::uint64_t>, kSides> hashes;
    auto read = run.read_feeds(pass, passes, [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_ids(batch.rows, hashes[number]);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            auto kept = rows[number].add(hashes[number][i], batch.rows[i], batch.file);
            if (!kept) return kept;
        }
        return {};
    });
    if (!read) return read;
    return join(rows, run);
}

}  // namespace onsite::reconcile
