#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>
#include <new>

#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kPartitionRows = 8192;
constexpr std::uint64_t kPartitionBytes = 1 << 20;  // When rows are so large that fewer fit.
constexpr std::uint64_t kPartitionBytesMin = 16 << 10;
constexpr int kPartitionBitsMax = 12;
// A couple and its slots, with what vectors keep free and copy while they grow.
constexpr std::uint64_t kCoupleBytesMax = 96;
// Partitions are parted again by other bits of the hash, twice at most: a partition that is still
// too large then has one id again and again, which needs the memory of one row.
constexpr int kLevelBits = 16;
constexpr int kLevelMax = 2;
static_assert(kPartitionBitsMax <= kLevelBits);

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
        if (block_ < blocks_.size() && blocks_[block_].size() - used_ < row.size()) {
            ++block_;
            used_ = 0;
        }
        if (block_ == blocks_.size()) blocks_.emplace_back(kBlockBytes);
        char* const copy = blocks_[block_].data() + used_;
        std::memcpy(copy, static_cast<const void*>(&row), row.size());
        used_ += row.size();
        return std::launder(reinterpret_cast<const KeptRow*>(copy));
    }
    void clear() { block_ = used_ = 0; }

private:
    static constexpr std::size_t kBlockBytes = 2 << 20;
    static_assert(kBlockBytes > KeptRow::kSizeMax);
    std::vector<HugeMemory> blocks_;
    std::size_t block_ = 0;
    std::size_t used_ = 0;
};

// What it takes to join a partition: its ids, and copies of the rows that are on the disk.
std::uint64_t bytes_to_join(const RowsOfFeeds& rows, std::size_t partition) {
    const std::uint64_t ids = (rows[0].rows() + rows[1].rows()) / rows[0].partitions();
    return ids * kCoupleBytesMax + rows[0].bytes_spilled(partition) +
           rows[1].bytes_spilled(partition);
}

// What each worker may take for the partition at hand, when rows and partitions together may take
// `memory_bytes`. Where that is too little beside the rows, those give their memory back.
Result<std::uint64_t> make_room(RowsOfFeeds& rows, std::uint64_t memory_bytes,
                                std::uint64_t workers) {
    const std::uint64_t held = rows[0].bytes_held() + rows[1].bytes_held();
    const std::uint64_t room = (memory_bytes - std::min(held, memory_bytes)) / workers;
    std::uint64_t needed = 0;
    for (std::size_t partition = 0; partition < rows[0].partitions(); ++partition) {
        needed = std::max(needed, bytes_to_join(rows, partition));
    }
    if (needed <= room) return room;
    for (PartitionedRows& side : rows) {
        if (auto gone = side.let_go(); !gone) return pass_on(gone);
    }
    return memory_bytes / workers;
}

// One partition after the other, in memory that is used again.
class PartitionJoin {
public:
    PartitionJoin(const std::filesystem::path& temp_folder, const Hasher& hasher,
                  FindingStore& findings)
        : temp_folder_(temp_folder), hasher_(hasher), findings_(findings) {}

    // Takes no more than `memory_bytes`, as far as the hash parts the rows evenly.
    Result<void> join(const RowsOfFeeds& rows, std::size_t partition, std::uint64_t memory_bytes,
                      int level = 0) {
        if (level < kLevelMax && bytes_to_join(rows, partition) > memory_bytes) {
            return join_parted(rows, partition, memory_bytes, level + 1);
        }
        couples_.clear();
        copies_.clear();
        for (std::size_t side = 0; side < kSides; ++side) {
            Result<void> done;
            auto read = rows[side].for_each(partition, [&](KeptRows kept, bool stay) {
                if (done) done = add(static_cast<Side>(side), kept, stay);
            });
            if (!read) return read;
            if (!done) return done;
        }
        return tell();
    }
    // When partitions were parted again.
    std::uint64_t bytes_spilled() const { return bytes_spilled_; }

private:
    Result<void> join_parted(const RowsOfFeeds& rows, std::size_t partition,
                             std::uint64_t memory_bytes, int level) {
        const RowsExpected expected = {
            .rows = (rows[0].rows() + rows[1].rows()) / rows[0].partitions(),
            .bytes = rows[0].bytes_spilled(partition) + rows[1].bytes_spilled(partition)};
        RowsOfFeeds parts = make_rows_of_feeds(temp_folder_, expected, memory_bytes / 4);
        for (std::size_t side = 0; side < kSides; ++side) {
            Result<void> done;
            auto read = rows[side].for_each(partition, [&](KeptRows kept, bool) {
                // The bits that are in front are the same in the whole partition.
                if (done) done = parts[side].add_turned(kept, hasher_, level * kLevelBits);
            });
            if (!read) return read;
            if (!done) return done;
        }
        auto room = make_room(parts, memory_bytes, 1);
        if (!room) return pass_on(room);
        for (std::size_t part = 0; part < parts[0].partitions(); ++part) {
            if (auto joined = join(parts, part, *room, level); !joined) return joined;
        }
        for (const PartitionedRows& side : parts) bytes_spilled_ += side.bytes_spilled();
        return {};
    }

    // The first row of an id stands; a later one is a duplicate, also when it is the same.
    Result<void> add(Side side, KeptRows rows, bool stay) {
        hash_ids(hasher_, rows, hashes_);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const KeptRow& row = *rows[i];
            const KeptRow*& first =
                couples_.of(row, hashes_[i]).rows[static_cast<std::size_t>(side)];
            if (first == nullptr) {
                first = stay ? &row : copies_.copy_of(row);
            } else if (auto told = findings_.duplicate(side, row.record()); !told) {
                return told;
            }
        }
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

    const std::filesystem::path& temp_folder_;
    const Hasher& hasher_;
    FindingStore& findings_;
    Couples couples_;
    RowCopies copies_;  // Of rows that were on the disk.
    std::vector<std::uint64_t> hashes_;
    std::uint64_t bytes_spilled_ = 0;
};

}  // namespace

RowsOfFeeds make_rows_of_feeds(const std::filesystem::path& temp_folder, RowsExpected expected,
                               std::uint64_t memory_bytes) {
    const std::uint64_t most = std::max<std::uint64_t>(1, memory_bytes / kPartitionBytesMin);
    const std::uint64_t wanted =
        std::max(expected.rows / kPartitionRows, expected.bytes / kPartitionBytes) + 1;
    const int bits =
        std::min(kPartitionBitsMax, static_cast<int>(std::bit_width(std::min(wanted, most))) - 1);
    return {PartitionedRows(bits, memory_bytes, temp_folder),
            PartitionedRows(bits, memory_bytes, temp_folder)};
}

Result<void> join(RowsOfFeeds& rows, Run& run) {
    auto room = make_room(rows, run.memory().join_bytes, kSides);
    if (!room) return pass_on(room);
    std::atomic<std::size_t> next = 0;
    std::atomic<std::uint64_t> bytes_spilled = 0;
    auto done = run.in_parallel([&](std::size_t worker) -> Result<void> {
        PartitionJoin partition_join(run.settings().temp_folder, run.hasher(),
                                     run.findings(worker));
        while (true) {
            const std::size_t partition = next.fetch_add(1);
            if (partition >= rows[0].partitions()) break;
            auto joined = partition_join.join(rows, partition, *room);
            if (!joined) return joined;
        }
        bytes_spilled += partition_join.bytes_spilled();
        return {};
    });
    for (const PartitionedRows& side : rows) {
        run.rows_kept += side.rows();
        run.bytes_spilled += side.bytes_spilled();
    }
    run.bytes_spilled += bytes_spilled;
    return done;
}

Result<std::uint64_t> join(RowsOfFeeds& rows, const Settings& settings, const Hasher& hasher,
                           FindingStore& findings) {
    auto room = make_room(rows, plan_memory(settings).join_bytes, 1);
    if (!room) return room;
    PartitionJoin partition_join(settings.temp_folder, hasher, findings);
    for (std::size_t partition = 0; partition < rows[0].partitions(); ++partition) {
        auto joined = partition_join.join(rows, partition, *room);
        if (!joined) return pass_on(joined);
    }
    return rows[0].bytes_spilled() + rows[1].bytes_spilled() + partition_join.bytes_spilled();
}

Result<void> run_hash_join(Run& run, int pass, int passes) {
    const RowsExpected expected = {
        .rows = run.rows_guess(Side::ledger) + run.rows_guess(Side::bank),
        .bytes = run.unpacked_bytes_guess()};
    RowsOfFeeds rows =
        make_rows_of_feeds(run.settings().temp_folder, expected, run.memory().all_rows_bytes);
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
