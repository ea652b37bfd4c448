#include "solutions/1-reconciliation/production/strategies/partitioned_rows.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <new>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kChunkBytesMin = 1 << 10;
constexpr std::size_t kChunkBytesMax = 16 << 10;
// What is not full of a partition's last chunk is lost: small memories get small chunks.
constexpr std::uint64_t kChunksPerPartition = 8;
constexpr std::size_t kBlockBytes = 8 << 20;
static_assert(KeptRow::kSizeMax <= 2 << 20, "blocks are never smaller than a page");
constexpr std::size_t kReadBytes = 256 << 10;
constexpr std::size_t kRowsTogether = 64;

}  // namespace

std::size_t visit_rows(const char* bytes, std::size_t size, bool stay,
                       const PartitionedRows::Visit& visit) {
    std::array<const KeptRow*, kRowsTogether> rows;
    std::size_t count = 0;
    std::size_t at = 0;
    while (size - at >= KeptRow::kSizeMin) {
        const auto* row = std::launder(reinterpret_cast<const KeptRow*>(bytes + at));
        if (size - at < row->size()) break;
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

PartitionedRows::PartitionedRows(int partition_bits, std::uint64_t memory_bytes,
                                 std::filesystem::path temp_folder)
    : partition_bits_(partition_bits),
      memory_bytes_(memory_bytes),
      chunk_bytes_(std::bit_floor(std::clamp<std::uint64_t>(
          (memory_bytes >> partition_bits) / kChunksPerPartition, kChunkBytesMin, kChunkBytesMax))),
      temp_folder_(std::move(temp_folder)),
      partitions_(std::size_t{1} << partition_bits) {}

Result<void> PartitionedRows::add(std::uint64_t hash, const Row& row, std::uint32_t file) {
    // A shift by 64 would mean nothing.
    const std::size_t number = partition_bits_ == 0 ? 0 : hash >> (64 - partition_bits_);
    auto room = room_for(partitions_[number], KeptRow::size_of(row, file));
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

Result<char*> PartitionedRows::room_for(Partition& partition, std::size_t size) {
    if (partition.chunks.empty() ||
        partition.chunks.back().room - partition.chunks.back().used < size) {
        if (bytes_used_ + std::max(size, chunk_bytes_) > memory_bytes_ && bytes_used_ > 0) {
            if (auto spilled = spill(); !spilled) return pass_on(spilled);
        }
        partition.chunks.push_back(new_chunk(size));
    }
    Chunk& chunk = partition.chunks.back();
    char* const room = chunk.bytes + chunk.used;
    chunk.used += size;
    return room;
}

PartitionedRows::Chunk PartitionedRows::new_chunk(std::size_t size) {
    // A row that is too large for a chunk gets one of its own, out of the same memory: beside that
    // it would come on top of what the blocks have taken before.
    const std::size_t room = std::max(size, chunk_bytes_);
    if (block_ < blocks_.size() && blocks_[block_].size() - block_used_ < room) {
        bytes_used_ += blocks_[block_].size() - block_used_;
        ++block_;
        block_used_ = 0;
    }
    if (block_ == blocks_.size()) {
        blocks_.emplace_back(std::min<std::uint64_t>(kBlockBytes, memory_bytes_));
    }
    char* const bytes = blocks_[block_].data() + block_used_;
    block_used_ += room;
    bytes_used_ += room;
    return {.bytes = bytes, .used = 0, .room = room};
}

// Writes what is held, partition after partition, and starts again with empty memory.
Result<void> PartitionedRows::spill() {
    if (!file_) {
        auto file = TempFile::create(temp_folder_);
        if (!file) return pass_on(file);
        file_ = std::move(*file);
    }
    for (Partition& partition : partitions_) {
        const std::uint64_t from = file_->size();
        for (const Chunk& chunk : partition.chunks) {
            auto written = file_->append({chunk.bytes, chunk.used});
            if (!written) return pass_on(written);
        }
        if (file_->size() > from) partition.spilled.push_back({from, file_->size()});
        partition.chunks.clear();
    }
    block_ = 0;
    block_used_ = 0;
    bytes_used_ = 0;
    return {};
}

Result<void> PartitionedRows::let_go() {
    if (bytes_used_ > 0) {
        if (auto spilled = spill(); !spilled) return spilled;
    }
    blocks_.clear();
    return {};
}

std::uint64_t PartitionedRows::bytes_held() const {
    std::uint64_t bytes = 0;
    for (const HugeMemory& block : blocks_) bytes += block.size();
    return std::min(bytes, memory_bytes_);  // The end of the last one was never touched.
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
    for (const Chunk& chunk : partitions_[partition].chunks) {
        visit_rows(chunk.bytes, chunk.used, true, visit);
    }
    return {};
}

}  // namespace onsite::reconcile
