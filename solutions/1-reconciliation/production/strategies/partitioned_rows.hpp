// The rows of one feed that a join needs, parted by the hash of their ids: in memory, or, when that
// is full, in a temporary file. The same id is always in the same partition.
#pragma once

#include <cstdint>
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

// A row as it is kept; the bytes of its id stand right behind it.
struct KeptRow {
    std::uint64_t hash;
    std::int64_t amount_minor;
    std::uint64_t byte;
    std::uint64_t line;
    std::uint32_t id_size;
    std::uint16_t file;
    CurrencyCode currency;

    std::string_view id() const { return {reinterpret_cast<const char*>(this + 1), id_size}; }
    Record record() const { return {id(), amount_minor, currency, {file, line, byte}}; }
    // With the id, and so much more that the next row is aligned.
    std::size_t size() const { return (sizeof(KeptRow) + id_size + 7) / 8 * 8; }
};

class PartitionedRows {
public:
    // 2^partition_bits partitions.
    PartitionedRows(int partition_bits, std::uint64_t memory_bytes,
                    std::filesystem::path temp_folder);

    // Errors: tool when the disk is full.
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

}  // namespace onsite::reconcile
