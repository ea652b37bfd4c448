// The rows of one feed that a join needs, parted by the hash of their ids: in memory, or, when that
// is full, in a temporary file. The same id is always in the same partition.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/storage/block_pool.hpp"
#include "solutions/1-reconciliation/production/storage/temp_file.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

// A row as it is kept: 16 bytes, and those of its id behind them; or 48, when a number is large or
// the id is long. Without the hash of the id, because touching memory for the first time costs more
// than computing that again.
class KeptRow {
public:
    // REQUIRES: size_of(row, file) bytes at `room`, aligned to 4.
    static void write(const Row& row, std::uint32_t file, char* room) {
        const bool is_short = fits(row, file);
        const KeptRow kept(row, file, is_short);
        std::memcpy(room, &kept, sizeof kept);
        room += sizeof kept;
        if (!is_short) {
            const Rest rest = {row.amount_minor, row.byte, row.line, file};
            std::memcpy(room, &rest, sizeof rest);
            room += sizeof rest;
        }
        std::memcpy(room, row.id_bytes, row.id_size);
    }
    // With so many more bytes that the next row is aligned.
    static std::size_t size_of(const Row& row, std::uint32_t file) {
        return aligned((fits(row, file) ? sizeof(KeptRow) : kLongBytes) + row.id_size);
    }
    std::size_t size() const {
        return aligned(is_short() ? sizeof(KeptRow) + id_size_ : kLongBytes + byte_or_id_size_);
    }
    // So much has to be there to tell the size, and no row is larger than the other.
    static constexpr std::size_t kSizeMin = 16;
    static constexpr std::size_t kSizeMax = kSizeMin + 32 + kIdBytesMax;

    std::string_view id() const {
        if (is_short()) return {behind(), id_size_};
        return {behind() + sizeof(Rest), byte_or_id_size_};
    }
    Record record() const {
        if (is_short()) return {id(), amount_minor_, currency_, {file_, line_, byte_or_id_size_}};
        Rest rest;
        std::memcpy(&rest, behind(), sizeof rest);
        return {id(), rest.amount_minor, currency_, {rest.file, rest.line, rest.byte}};
    }
    // What was written; its file is in the record.
    Row row() const {
        const Record kept = record();
        return {.id_bytes = kept.id.data(),
                .id_size = static_cast<std::uint32_t>(kept.id.size()),
                .currency = kept.currency,
                .amount_minor = kept.amount_minor,
                .byte = kept.place.byte,
                .line = kept.place.line};
    }

private:
    struct Rest {
        std::int64_t amount_minor;
        std::uint64_t byte;
        std::uint64_t line;
        std::uint32_t file;
        std::uint32_t unused = 0;
    };
    static constexpr std::uint8_t kLong = 255;  // Instead of a file.
    static constexpr std::size_t kLongBytes = kSizeMin + sizeof(Rest);

    static std::size_t aligned(std::size_t size) { return (size + 3) / 4 * 4; }
    static bool fits(const Row& row, std::uint32_t file) {
        return static_cast<std::int32_t>(row.amount_minor) == row.amount_minor &&
               (row.byte | row.line) >> 32 == 0 && row.id_size <= 255 && file < kLong;
    }
    bool is_short() const { return file_ != kLong; }
    const char* behind() const { return reinterpret_cast<const char*>(this + 1); }

    KeptRow(const Row& row, std::uint32_t file, bool is_short)
        : amount_minor_(static_cast<std::int32_t>(row.amount_minor)),
          byte_or_id_size_(is_short ? static_cast<std::uint32_t>(row.byte) : row.id_size),
          line_(static_cast<std::uint32_t>(row.line)),
          currency_(row.currency),
          id_size_(static_cast<std::uint8_t>(row.id_size)),
          file_(is_short ? static_cast<std::uint8_t>(file) : kLong) {}

    std::int32_t amount_minor_;
    std::uint32_t byte_or_id_size_;  // Of a long one the size of its id.
    std::uint32_t line_;
    CurrencyCode currency_;
    std::uint8_t id_size_;
    std::uint8_t file_;
};
static_assert(sizeof(KeptRow) == KeptRow::kSizeMin && alignof(KeptRow) == 4);

// Some of them, wherever they stand.
using KeptRows = std::span<const KeptRow* const>;

// Replaces `hashes` by those of the rows' ids.
void hash_ids(const Hasher& hasher, KeptRows rows, std::vector<std::uint64_t>& hashes);

class PartitionedRows {
public:
    // 2^partition_bits partitions in so many groups of equal size, each of which wastes half a
    // block. Takes memory of the pool first. REQUIRES: groups is a power of 2, not more than
    // partitions.
    PartitionedRows(int partition_bits, std::size_t groups, std::uint64_t memory_bytes,
                    std::filesystem::path temp_folder, BlockPool pool = {});

    // Fetches the place where the next row with this hash will stand. Inlined, because GCC takes a
    // function that only fetches for one that does nothing, and drops the call.
    [[gnu::always_inline]] void prefetch(std::uint64_t hash) const {
        __builtin_prefetch(rooms_[partition_of(hash)].begin, 1);
    }
    // Errors: tool when the disk is full.
    Result<void> add(std::uint64_t hash, const Row& row, std::uint32_t file);
    // Adds rows of another partition by other bits of their hashes, which are turned to the left.
    Result<void> add_turned(KeptRows rows, const Hasher& hasher, int turn);

    // Calls visit for the rows of a partition in the order in which they were added, some together,
    // because they are hashed faster so. `stay` tells whether the rows stay where they are until
    // let_go(), or are gone after the call.
    using Visit = std::function<void(KeptRows rows, bool stay)>;
    // Errors: tool when the file cannot be read. Thread safety: for different partitions.
    Result<void> for_each(std::size_t partition, const Visit& visit) const;

    // Spills what is held and gives the memory back.
    // Errors: tool when the disk is full.
    Result<void> let_go();
    // Partitions that follow each other share their blocks: groups of them, all of one size.
    std::size_t groups() const { return groups_.size(); }
    // Forgets the rows of a group that are in memory, and gives its blocks to the pool.
    // Thread safety: while no other thread visits its partitions.
    void forget(std::size_t group);
    // Of the memory that is held, rows or not.
    std::uint64_t bytes_held() const;

    std::size_t partitions() const { return partitions_.size(); }
    std::uint64_t rows() const { return rows_; }
    std::uint64_t bytes_spilled() const { return file_ ? file_->size() : 0; }
    std::uint64_t bytes_spilled(std::size_t partition) const;

private:
    struct Chunk {
        char* begin;
        char* end;
    };
    struct Stretch {  // Of the temporary file.
        std::uint64_t from;
        std::uint64_t to;
    };
    struct Partition {
        std::vector<Stretch> spilled;  // Older than the chunks.
        std::vector<Chunk> chunks;     // The last one has room behind its rows, told by rooms_.
    };
    struct Group {
        std::vector<HugeMemory> blocks = {};
        std::size_t block = 0;  // The one that chunks are cut from,
        std::size_t used = 0;   // and how far.
    };

    std::size_t partition_of(std::uint64_t hash) const {
        // A shift by 64 would mean nothing.
        return partition_bits_ == 0 ? 0 : hash >> (64 - partition_bits_);
    }
    std::size_t group_of(std::size_t partition) const {
        return partition / (partitions_.size() / groups_.size());
    }
    Result<char*> room_for(std::size_t partition, std::size_t size);
    Result<void> new_chunk(std::size_t partition, std::size_t size);
    // Of one that is not the last, or as far as rows stand in it.
    std::span<const char> rows_of(std::size_t partition, std::size_t chunk) const;
    Result<void> spill();

    int partition_bits_;
    std::uint64_t memory_bytes_;
    std::filesystem::path temp_folder_;
    BlockPool pool_;
    std::vector<Partition> partitions_;
    std::vector<Chunk> rooms_;  // What is left of the last chunk of each partition.
    std::vector<Group> groups_;
    std::size_t chunk_bytes_;
    std::uint64_t rows_ = 0;
    std::uint64_t bytes_used_ = 0;  // Of all blocks.
    std::optional<TempFile> file_;
};

// Rows that stand one behind the other, as they are kept. Returns how many bytes whole rows take.
// REQUIRES: bytes is aligned to 4.
std::size_t visit_rows(const char* bytes, std::size_t size, bool stay,
                       const PartitionedRows::Visit& visit);

}  // namespace onsite::reconcile
