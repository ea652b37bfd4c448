#include "solutions/1-reconciliation/production/strategies/partitioned_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>
#include <utility>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kChunkBytesMin = 1 << 10;
constexpr std::size_t kChunkBytesMax = 8 << 10;
// What is not full of a partition's last chunk is lost: small memories get small chunks.
constexpr std::uint64_t kChunksPerPartition = 8;
static_assert(KeptRow::kSizeMax <= BlockPool::kBlockBytes);
constexpr std::size_t kReadBytes = 256 << 10;
constexpr std::size_t kRowsTogether = 64;
constexpr std::size_t kBytesAhead = 1 << 10;  // Fetched while rows are visited.

}  // namespace

std::size_t visit_rows(const char* bytes, std::size_t size, bool stay,
                       const PartitionedRows::Visit& visit) {
    std::array<const KeptRow*, kRowsTogether> rows;
    std::size_t count = 0;
    std::size_t at = 0;
    while (size - at >= KeptRow::kSizeMin) {
        const auto* row = std::launder(reinterpret_cast<const KeptRow*>(bytes + at));
        if (size - at < row->size()) break;
        __builtin_prefetch(bytes + at + kBytesAhead);
        at += row->size();
        rows[count++] = row;
        if (count < rows.size()) continue;
        visit(rows, stay);
        count = 0;
    }
    if (count > 0) visit(std::span(rows).first(count), stay);
    return at;
}

void hash_ids(const Hasher& hasher, KeptRows kept, std::vector<std::uint64_t>& hashes) {
    std::vector<Row> rows(kept.size());
    std::ranges::transform(kept, rows.begin(), [](const KeptRow* row) { return row->row(); });
    hasher.hash_ids(rows, hashes);
}

PartitionedRows::PartitionedRows(int partition_bits, std::size_t groups, std::uint64_t memory_bytes,
                                 std::filesystem::path temp_folder, BlockPool pool)
    : partition_bits_(partition_bits),
      memory_bytes_(memory_bytes),
      temp_folder_(std::move(temp_folder)),
      pool_(std::move(pool)),
      partitions_(std::size_t{1} << partition_bits),
      rooms_(partitions_.size()),
      groups_(groups),
      chunk_bytes_(std::bit_floor(
          std::clamp<std::uint64_t>((memory_bytes >> partition_bits) / kChunksPerPartition,
                                    kChunkBytesMin, kChunkBytesMax))) {
    memory_bytes_ -= (groups - 1) * BlockPool::kBlockBytes;
}

Result<void> PartitionedRows::add(std::uint64_t hash, const Row& row, std::uint32_t file) {
    auto room = room_for(partition_of(hash), KeptRow::size_of(row, file));
    if (!room) return pass_on(room);
    KeptRow::write(row, file, *room);
    ++rows_;
    return {};
}

Result<void> PartitionedRows::add_turned(KeptRows rows, const Hasher& hasher, int turn) {
    std::vector<std::uint64_t> hashes;
    hash_ids(hasher, rows, hashes);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto added = add(std::rotl(hashes[i], turn), rows[i]->row(), rows[i]->record().place.file);
        if (!added) return added;
    }
    return {};
}

Result<char*> PartitionedRows::room_for(std::size_t partition, std::size_t size) {
    Chunk& room = rooms_[partition];
    if (static_cast<std::size_t>(room.end - room.begin) < size) {
        if (auto made = new_chunk(partition, size); !made) return pass_on(made);
    }
    return std::exchange(room.begin, room.begin + size);
}

// A row that is too large for a chunk gets one of its own, out of the same memory: beside that it
// would come on top of what the blocks have taken before.
Result<void> PartitionedRows::new_chunk(std::size_t partition, std::size_t size) {
    size = std::max(size, chunk_bytes_);
    if (bytes_used_ + size > memory_bytes_ && bytes_used_ > 0) {
        if (auto spilled = spill(); !spilled) return spilled;
    }
    Group& group = groups_[group_of(partition)];
    if (group.block < group.blocks.size() && BlockPool::kBlockBytes - group.used < size) {
        bytes_used_ += BlockPool::kBlockBytes - group.used;
        ++group.block;
        group.used = 0;
    }
    if (group.block == group.blocks.size()) group.blocks.push_back(pool_.take());
    auto& chunks = partitions_[partition].chunks;
    if (!chunks.empty()) chunks.back().end = rooms_[partition].begin;
    char* const begin = group.blocks[group.block].data() + group.used;
    chunks.push_back({begin, begin + size});
    rooms_[partition] = chunks.back();
    group.used += size;
    bytes_used_ += size;
    return {};
}

std::span<const char> PartitionedRows::rows_of(std::size_t partition, std::size_t chunk) const {
    const auto& chunks = partitions_[partition].chunks;
    const bool is_last = chunk + 1 == chunks.size();
    return {chunks[chunk].begin, is_last ? rooms_[partition].begin : chunks[chunk].end};
}

// Writes what is held, partition after partition, and starts again with empty memory.
Result<void> PartitionedRows::spill() {
    if (!file_) {
        auto file = TempFile::create(temp_folder_);
        if (!file) return pass_on(file);
        file_ = std::move(*file);
    }
    for (std::size_t number = 0; number < partitions_.size(); ++number) {
        Partition& partition = partitions_[number];
        const std::uint64_t from = file_->size();
        for (std::size_t chunk = 0; chunk < partition.chunks.size(); ++chunk) {
            auto written = file_->append(rows_of(number, chunk));
            if (!written) return pass_on(written);
        }
        if (file_->size() > from) partition.spilled.push_back({from, file_->size()});
        partition.chunks.clear();
        rooms_[number] = {};
    }
    for (Group& group : groups_) group.block = group.used = 0;
    bytes_used_ = 0;
    return {};
}

Result<void> PartitionedRows::let_go() {
    if (bytes_used_ > 0) {
        if (auto spilled = spill(); !spilled) return spilled;
    }
    for (Group& group : groups_) group.blocks.clear();
    return {};
}

void PartitionedRows::forget(std::size_t group) {
    const std::size_t size = partitions_.size() / groups_.size();
    for (std::size_t number = group * size; number < (group + 1) * size; ++number) {
        partitions_[number].chunks.clear();
        rooms_[number] = {};
    }
    for (HugeMemory& block : groups_[group].blocks) pool_.give(std::move(block));
    groups_[group].blocks.clear();
}

std::uint64_t PartitionedRows::bytes_held() const {
    std::uint64_t bytes = 0;
    for (const Group& group : groups_) bytes += group.blocks.size() * BlockPool::kBlockBytes;
    return bytes;
}

std::uint64_t PartitionedRows::bytes_spilled(std::size_t partition) const {
    std::uint64_t bytes = 0;
    for (const auto& [from, to] : partitions_[partition].spilled) bytes += to - from;
    return bytes;
}

Result<void> PartitionedRows::for_each(std::size_t partition, const Visit& visit) const {
    std::vector<char> buffer;
    for (Stretch stretch : partitions_[partition].spilled) {
        std::size_t left = 0;  // The beginning of a row whose end is not read yet.
        while (stretch.from < stretch.to) {
            if (buffer.size() < left + kReadBytes) buffer.resize(left + kReadBytes);
            const std::size_t more =
                std::min<std::uint64_t>(stretch.to - stretch.from, buffer.size() - left);
            auto got = file_->read(stretch.from, {buffer.data() + left, more});
            if (!got) return got;
            stretch.from += more;
            const std::size_t used = visit_rows(buffer.data(), left + more, false, visit);
            left = left + more - used;
            std::memmove(buffer.data(), buffer.data() + used, left);
        }
    }
    for (std::size_t chunk = 0; chunk < partitions_[partition].chunks.size(); ++chunk) {
        const std::span<const char> rows = rows_of(partition, chunk);
        visit_rows(rows.data(), rows.size(), true, visit);
    }
    return {};
}

}  // namespace onsite::reconcile
