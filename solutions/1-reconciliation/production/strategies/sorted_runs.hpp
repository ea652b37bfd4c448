// The two places where the sorted entries of an ExternalSorter wait: memory and a temporary file.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include <hwy/base.h>

#include "solutions/1-reconciliation/production/storage/block_pool.hpp"
#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"

namespace onsite::reconcile {

bool is_before(const Entry& a, const Entry& b);
KeyPrefix prefix_of(std::string_view key);

// An entry as bytes: both sizes, key, tail. Writes encoded_size() of them.
void encode(const Entry& entry, char* out);
Entry decode(const char* bytes);  // Points into them.
std::size_t encoded_size(const Entry& entry);

// Entries that are encoded, written or handed on together take about as much.
inline constexpr std::size_t kEntriesBytes = 1 << 20;

// Replaces `block` by the next entries as bytes; next(entry) says whether there is one. False when
// there are no more behind them.
template <typename Next>
Result<bool> encode_some(const Next& next, std::vector<char>& block) {
    // Of memory that is used again only what was cut off below is filled with zeros.
    block.resize(kEntriesBytes);
    std::size_t used = 0;
    Result<bool> is_there = true;
    Entry entry;
    while (used < kEntriesBytes) {
        is_there = next(entry);
        if (!is_there || !*is_there) break;
        const std::size_t size = encoded_size(entry);
        if (block.size() - used < size) block.resize(used + size);
        encode(entry, block.data() + used);
        used += size;
    }
    block.resize(used);
    return is_there;
}

// Entries in memory that is given back when it goes, and used again when it is cleared. 12 bytes of
// each key stand beside its place: that leads to another cache line, and 8 would not tell ids apart
// that all begin with "txn_".
class EntryMemory {
public:
    // `bytes_max` is what may be added before it is full; but what the pool has was touched before
    // and is free, so that comes on top.
    explicit EntryMemory(std::uint64_t bytes_max = 0, BlockPool pool = {})
        : bytes_max_(bytes_max), pool_(std::move(pool)) {}
    // REQUIRES: it is not full.
    void add(const Entry& entry);
    void sort();  // Does nothing the second time.
    void clear();
    bool is_full() const;
    std::size_t size() const { return size_; }
    Entry at(std::size_t index) const { return decode(bytes_of(references()[index])); }
    // Fetches an entry that will be asked for soon. Inlined, because GCC takes a function that only
    // fetches for one that does nothing, and drops the call.
    [[gnu::always_inline]] void prefetch(std::size_t index) const {
        const char* const bytes = bytes_of(references()[index]);
        __builtin_prefetch(bytes);
        __builtin_prefetch(bytes + 64);
    }

private:
    // The highest 96 bits are bytes of the key, the lowest 32 say where the entry stands, so that
    // references are sorted as numbers.
    using Reference = hwy::uint128_t;
    static constexpr std::size_t kAlignment = 4;  // Of entries: a place counts these.

    std::size_t references_max() const;
    std::uint32_t new_place(std::size_t size);
    char* bytes_at(std::uint32_t place) const {
        const std::size_t at = std::size_t{place} * kAlignment;
        return blocks_[at / BlockPool::kBlockBytes].data() + at % BlockPool::kBlockBytes;
    }
    const char* bytes_of(const Reference& reference) const {
        return bytes_at(static_cast<std::uint32_t>(reference.lo));
    }
    Reference* references() const { return reinterpret_cast<Reference*>(references_.data()); }
    void sort_from(std::span<Reference> references, std::size_t depth);
    void sort_equal(std::span<Reference> references, std::size_t depth);

    std::uint64_t bytes_max_;
    BlockPool pool_;
    std::vector<HugeMemory> blocks_;
    std::size_t block_ = 0;       // The one that entries are written to,
    std::size_t block_used_ = 0;  // and how far.
    HugeMemory references_;
    std::size_t size_ = 0;
    std::uint64_t bytes_ = 0;
    bool is_sorted_ = false;
};

// REQUIRES: the memory is sorted and outlives the run.
std::unique_ptr<SortedRun> run_of(const EntryMemory& memory);
std::unique_ptr<SortedRun> run_of(std::shared_ptr<TempFile> file, std::uint64_t from,
                                  std::uint64_t to);

}  // namespace onsite::reconcile
