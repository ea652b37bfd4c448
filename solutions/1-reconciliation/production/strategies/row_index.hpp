// Where the rows of a feed stand and how the hashes of their ids begin, in 4 bytes for most rows:
// a second pass that needs a few rows then parses only those, at half the cost of parsing all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/input/row_picker.hpp"
#include "solutions/1-reconciliation/production/storage/block_pool.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/dirty_buckets.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {

// Thread safety: none; each feed has its own.
class RowIndex {
public:
    explicit RowIndex(std::uint64_t bytes_max) : bytes_max_(bytes_max) {}

    // What it takes for so many short rows.
    static std::uint64_t bytes_for(std::uint64_t rows);

    // REQUIRES: batches come in the order of the feed; `hashes` are those of the batch's rows.
    void add(const Batch& batch, std::span<const RowHash> hashes);
    // False when the rows are too many for the memory, or too many of them are long or have
    // something between them. The index is empty then, and everything has to be parsed again.
    bool is_whole() const { return is_whole_; }
    // Empties it.
    void give_up();
    // The same, but up to so much of its memory goes to the pool.
    void give_up_to(BlockPool& pool, std::uint64_t bytes_max);
    // Picks the rows that may be in dirty buckets, and a few others.
    // REQUIRES: is_whole(); the index outlives the picker.
    std::unique_ptr<RowPicker> pick(const DirtyBuckets& dirty) const;

private:
    class Picker;
    // The first 24 bits of the id's hash, then the distance to the row before, which is one line
    // higher; or kElsewhere, and the place is the next one of places_.
    using Entry = std::uint32_t;
    static constexpr std::uint32_t kElsewhere = 255;
    static constexpr std::size_t kChunkRows = BlockPool::kBlockBytes / sizeof(Entry);

    // REQUIRES: room for as many entries at `out`.
    void add_entries(std::span<const Row> rows, std::span<const RowHash> hashes, Entry* out);

    const Entry& entry(std::size_t row) const {
        return entries(row / kChunkRows)[row % kChunkRows];
    }
    Entry* entries(std::size_t chunk) const {
        return reinterpret_cast<Entry*>(chunks_[chunk].data());
    }

    std::uint64_t bytes_max_;
    std::vector<HugeMemory> chunks_;
    std::size_t rows_ = 0;
    std::vector<Place> places_;
    // Of the row added last; before the first one of a file a line that no other follows.
    static constexpr std::uint64_t kNoLine = ~std::uint64_t{0};
    Place last_ = {.file = 0, .line = kNoLine, .byte = 0};
    bool is_whole_ = true;
};

}  // namespace onsite::reconcile
