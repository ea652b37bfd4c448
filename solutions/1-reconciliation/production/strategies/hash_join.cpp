#include "solutions/1-reconciliation/production/strategies/hash_join.hpp"

#include <algorithm>
#include <atomic>
#include <bit>

#include "solutions/1-reconciliation/production/strategies/couples.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kPartitionRows = 8192;
constexpr std::uint64_t kPartitionBytes = 1 << 20;  // When rows are so large that fewer fit.
constexpr std::uint64_t kPartitionBytesMin = 16 << 10;
constexpr int kPartitionBitsMax = 12;
// The last block of a group is not full: few rows, or little memory, are one group.
constexpr std::uint64_t kBytesPerGroupMin = 16 * BlockPool::kBlockBytes;
constexpr std::uint64_t kGroupsMax = 16;
// A couple and its slots, with what vectors keep free and copy while they grow.
constexpr std::uint64_t kCoupleBytesMax = 96;
constexpr std::size_t kRowsAhead = 16;
// A guess at the sizes of packed feeds can be wrong, so neither gets too little.
constexpr double kRowsShareMin = 0.25;
constexpr double kRowsShareMax = 0.75;
// Partitions are parted again by other bits of the hash, twice at most: a partition that is still
// too large then has one id again and again, which needs the memory of one row.
constexpr int kLevelBits = 16;
constexpr int kLevelMax = 2;
static_assert(kPartitionBitsMax <= kLevelBits);

// What it takes to join a partition: its ids, and copies of the rows that are on the disk.
std::uint64_t bytes_to_join(const RowsOfFeeds& rows, std::size_t partition) {
    const std::uint64_t ids = (rows[0].rows() + rows[1].rows()) / rows[0].partitions();
    return ids * kCoupleBytesMax + rows[0].bytes_spilled(partition) +
           rows[1].bytes_spilled(partition);
}

// What each worker may take for the partition at hand, when rows, pool and partitions together may
// take `memory_bytes`. Where that is too little beside them, the pool gives its memory back, then
// the rows do.
Result<std::uint64_t> make_room(RowsOfFeeds& rows, BlockPool pool, std::uint64_t memory_bytes,
                                std::uint64_t workers) {
    const std::uint64_t rows_held = rows[0].bytes_held() + rows[1].bytes_held();
    const auto room = [&] {
        return (memory_bytes - std::min(rows_held + pool.bytes_held(), memory_bytes)) / workers;
    };
    std::uint64_t needed = 0;
    for (std::size_t partition = 0; partition < rows[0].partitions(); ++partition) {
        needed = std::max(needed, bytes_to_join(rows, partition));
    }
    if (needed > room()) pool.clear();
    if (needed <= room()) return room();
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
        RowsOfFeeds parts =
            make_rows_of_feeds(temp_folder_, expected, {memory_bytes / 4, memory_bytes / 4});
        for (std::size_t side = 0; side < kSides; ++side) {
            Result<void> done;
            auto read = rows[side].for_each(partition, [&](KeptRows kept, bool) {
                // The bits that are in front are the same in the whole partition.
                if (done) done = parts[side].add_turned(kept, hasher_, level * kLevelBits);
            });
            if (!read) return read;
            if (!done) return done;
        }
        auto room = make_room(parts, BlockPool(), memory_bytes, 1);
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

// Counts the partitions that are joined: the memory of whole groups goes to the pool, for findings.
// Thread safety: yes.
class JoinedGroups {
public:
    explicit JoinedGroups(RowsOfFeeds& rows) : rows_(rows) {
        for (std::size_t side = 0; side < kSides; ++side) {
            left_[side] = std::vector<std::atomic<std::size_t>>(rows[side].groups());
            for (auto& left : left_[side]) left = rows[side].partitions() / rows[side].groups();
        }
    }
    void add(std::size_t partition) {
        for (std::size_t side = 0; side < kSides; ++side) {
            const std::size_t size = rows_[side].partitions() / rows_[side].groups();
            const std::size_t group = partition / size;
            if (left_[side][group].fetch_sub(1) == 1) rows_[side].forget(group);
        }
    }

private:
    RowsOfFeeds& rows_;
    std::array<std::vector<std::atomic<std::size_t>>, kSides> left_;
};

}  // namespace

RowsOfFeeds make_rows_of_feeds(const std::filesystem::path& temp_folder, RowsExpected expected,
                               const RowsMemory& memory_bytes, const BlockPool& pool) {
    const std::uint64_t most =
        std::max<std::uint64_t>(1, std::ranges::min(memory_bytes) / kPartitionBytesMin);
    const std::uint64_t wanted =
        std::max(expected.rows / kPartitionRows, expected.bytes / kPartitionBytes) + 1;
    const int bits =
        std::min(kPartitionBitsMax, static_cast<int>(std::bit_width(std::min(wanted, most))) - 1);
    const auto make_rows = [&](std::uint64_t memory) {
        const std::uint64_t groups =
            std::clamp<std::uint64_t>(std::min(expected.bytes, memory) / kBytesPerGroupMin, 1,
                                      std::min(kGroupsMax, std::uint64_t{1} << bits));
        return PartitionedRows(bits, std::bit_floor(groups), memory, temp_folder, pool);
    };
    return {make_rows(memory_bytes[0]), make_rows(memory_bytes[1])};
}

Result<void> join(RowsOfFeeds& rows, Run& run) {
    auto room = make_room(rows, run.pool(), run.memory().join_bytes, kSides);
    if (!room) return pass_on(room);
    JoinedGroups joined_groups(rows);
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
            joined_groups.add(partition);
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
    auto room = make_room(rows, BlockPool(), plan_memory(settings).join_bytes, 1);
    if (!room) return room;
    PartitionJoin partition_join(settings.temp_folder, hasher, findings);
    for (std::size_t partition = 0; partition < rows[0].partitions(); ++partition) {
        auto joined = partition_join.join(rows, partition, *room);
        if (!joined) return pass_on(joined);
    }
    return rows[0].bytes_spilled() + rows[1].bytes_spilled() + partition_join.bytes_spilled();
}

namespace {

// All rows of both feeds are kept: the larger one gets more of the memory, as far as it is known.
RowsMemory memory_of_all_rows(const Run& run) {
    const std::uint64_t all = run.memory().all_rows_bytes;
    const auto ledger = static_cast<double>(run.rows_guess(Side::ledger));
    const auto bank = static_cast<double>(run.rows_guess(Side::bank));
    const double share =
        std::clamp((ledger + 1) / (ledger + bank + 2), kRowsShareMin, kRowsShareMax);
    const auto of_ledger = static_cast<std::uint64_t>(static_cast<double>(all) * share);
    return {of_ledger, all - of_ledger};
}

}  // namespace

Result<void> run_hash_join(Run& run, int pass, int passes) {
    const RowsExpected expected = {
        .rows = run.rows_guess(Side::ledger) + run.rows_guess(Side::bank),
        .bytes = run.unpacked_bytes_guess()};
    RowsOfFeeds rows = make_rows_of_feeds(run.settings().temp_folder, expected,
                                          memory_of_all_rows(run), run.pool());
    std::array<std::vector<std::uint64_t>, kSides> hashes;
    auto read = run.read_feeds(pass, passes, [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        run.hasher().hash_ids(batch.rows, hashes[number]);
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            rows[number].prefetch(hashes[number][std::min(i + kRowsAhead, batch.rows.size() - 1)]);
            auto kept = rows[number].add(hashes[number][i], batch.rows[i], batch.file);
            if (!kept) return kept;
        }
        return {};
    });
    if (!read) return read;
    return join(rows, run);
}

}  // namespace onsite::reconcile
