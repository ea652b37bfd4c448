// The rows of one feed that a join needs, parted by the hash of their ids: in memory, or, when that
// is full, in a temporary file. The same id is always in the same partition.
#pragma once

#include <cstdint>
#include <cstring>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/storage/temp_file.hpp"

namespace onsite::reconcile {

// Where a kept row can be; a feed that goes further ends the run.
inline constexpr std::uint64_t kByteMax = (std::uint64_t{1} << 48) - 1;
inline constexpr std::uint64_t kLineMax = (std::uint64_t{1} << 47) - 1;

// A row as it is kept: 26 bytes, and those of its id behind them. Packed, and without the hash of
// the id, because touching memory for the first time costs more than computing all of that again.
class KeptRow {
public:
    // REQUIRES: size_of(row) bytes at `room`, aligned to 8; row.byte <= kByteMax and
    // row.line <= kLineMax.
    static void write(const Row& row, std::uint32_t file, char* room) {
        const KeptRow kept(row, file);
        std::memcpy(room, &kept, kIdAt);
        std::memcpy(room + kIdAt, row.id_bytes, row.id_size);
    }
    // With so many more bytes that the next row is aligned.
    static std::size_t size_of(std::size_t id_size) { return (kIdAt + id_size + 7) / 8 * 8; }
    std::size_t size() const { return size_of(id_size_); }
    // So much has to be there to tell the size.
    static constexpr std::size_t kSizeMin = 32;

    std::string_view id() const { return {reinterpret_cast<const char*>(this) + kIdAt, id_size_}; }
    Record record() const {
        return {id(), amount_minor_, currency_, {static_cast<std::uint32_t>(file_), line_, byte_}};
    }

private:
    KeptRow(const Row& row, std::uint32_t file)
        : amount_minor_(row.amount_minor),
          byte_(row.byte & kByteMax),
          file_(file & 0xFFFF),
          line_(row.line & kLineMax),
          id_size_(row.id_size & 0x1FFFF),
          currency_(row.currency) {}

    static constexpr std::size_t kIdAt = 26;
    std::int64_t amount_minor_;
    std::uint64_t byte_ : 48;
    std::uint64_t file_ : 16;
    std::uint64_t line_ : 47;
    std::uint64_t id_size_ : 17;
    CurrencyCode currency_;
};
static_assert(sizeof(KeptRow) == KeptRow::kSizeMin && kIdBytesMax < 1 << 17);

class PartitionedRows {
public:
    // 2^partition_bits partitions.
    PartitionedRows(int partition_bits, std::uint64_t memory_bytes,
                    std::filesystem::path temp_folder);

    // Memory to be filled before any is asked for. REQUIRES: no row was added; not more than the
    // memory_bytes of this object, in whole pages of 2 MiB.
    void use(HugeMemory memory) { blocks_.push_back(std::move(memory)); }

    // Errors: tool when the disk is full, usage when a row is beyond kByteMax or kLineMax.
    Result<void> add(std::uint64_t hash, const Row& row, std::uint32_t file);

    // Calls visit for the rows of a partition in the order in which they were added. `stays` tells
    // whether the row stays where it is until free(), or is gone after the call.
    using Visit = std::function<void(const KeptRow& row, bool stays)>;
    // Errors: tool when the file cannot be read. Thread safety: for different partitions.
    Result<void> for_each(std::size_t partition, const Visit& visit) const;

    std::size_t partitions() const { return partitions_.size(); }
    std::uint64_t rows() const { return rows_; }
    std::uint64_t bytes_spilled() const { return file_ ? file_->size() : 0; }

private:
    struct Chunk {
        char* bytes;
        std::size_t used;
        std::size_t room;
    };
    struct Stretch {  // Of the temporary file.
        std::uint64_t from;
        std::uint64_t to;
    };
    struct Partition {
        std::vector<Stretch> spilled;  // Older than the chunks.
        std::vector<Chunk> chunks;
    };

    Result<char*> room_for(Partition& partition, std::size_t size);
    Chunk new_chunk(std::size_t size);
    Result<void> spill();

    int partition_bits_;
    std::uint64_t memory_bytes_;
    std::size_t chunk_bytes_;
    std::filesystem::path temp_folder_;
    std::vector<Partition> partitions_;
    std::uint64_t rows_ = 0;

    std::vector<HugeMemory> blocks_;
    std::size_t block_ = 0;                                 // The one that chunks are cut from,
    std::size_t block_used_ = 0;                            // and how far.
    std::vector<std::vector<std::uint64_t>> large_chunks_;  // For rows that no chunk can hold.
    std::uint64_t bytes_held_ = 0;
    std::optional<TempFile> file_;
};

// Rows that stand one behind the other, as they are kept. Returns how many bytes whole rows take.
// REQUIRES: bytes is aligned to 8.
std::size_t visit_rows(const char* bytes, std::size_t size, bool stays,
                       const PartitionedRows::Visit& visit);

}  // namespace onsite::reconcile
