// The two places where the sorted entries of an ExternalSorter wait: memory and a temporary file.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"
#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"

namespace onsite::reconcile {

bool is_before(const Entry& a, const Entry& b);

// An entry as bytes: both sizes, key, tail. Writes encoded_size() of them.
void encode(const Entry& entry, char* out);
Entry decode(const char* bytes);  // Points into them.
std::size_t encoded_size(const Entry& entry);

// Entries in memory that is given back when it goes, and used again when it is cleared. The 16
// first bytes of a key stand beside its address: an address leads to another cache line, and 8
// would not tell ids apart that all begin with "txn_".
class EntryMemory {
public:
    // `bytes_max` is what will be added at most before it is cleared, or one entry more.
    explicit EntryMemory(std::uint64_t bytes_max = 0) : bytes_max_(bytes_max) {}
    void add(const Entry& entry);
    void sort();  // Does nothing the second time.
    void clear();
    std::uint64_t bytes() const { return bytes_; }
    std::size_t size() const { return size_; }
    Entry at(std::size_t index) const;
    // Fetches an entry that will be asked for soon.
    void prefetch(std::size_t index) const {
        __builtin_prefetch(references()[index].bytes);
        __builtin_prefetch(references()[index].bytes + 64);
    }

private:
    struct Reference {
        std::uint64_t prefix;  // The first bytes of the key, as a number,
        std::uint64_t middle;  // and the next ones.
        const char* bytes;
    };
    char* room_for(std::size_t size);
    Reference* references() const { return reinterpret_cast<Reference*>(references_.data()); }

    std::uint64_t bytes_max_;
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
