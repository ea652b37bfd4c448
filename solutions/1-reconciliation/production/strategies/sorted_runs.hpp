// The two places where the sorted entries of an ExternalSorter wait: memory and a temporary file.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"

namespace onsite::reconcile {

bool is_before(const Entry& a, const Entry& b);

// An entry as bytes: both sizes, key, tail. Appends to `out`.
void encode(const Entry& entry, std::vector<char>& out);
std::size_t encoded_size(const Entry& entry);

// Entries in memory; the 8 first bytes of a key stand beside its address, because most
// comparisons need no more and an address leads to another cache line.
class EntryMemory {
public:
    void add(const Entry& entry);
    void sort();  // Does nothing the second time.
    void clear();
    std::uint64_t bytes() const { return bytes_; }
    std::size_t size() const { return references_.size(); }
    Entry at(std::size_t index) const;

private:
    struct Reference {
        std::uint64_t prefix;
        const char* bytes;
    };
    static Entry decode(const char* bytes);

    std::vector<std::vector<char>> blocks_;
    std::vector<Reference> references_;
    std::uint64_t bytes_ = 0;
    bool is_sorted_ = false;
};

// REQUIRES: the memory is sorted and outlives the run.
std::unique_ptr<SortedRun> run_of(const EntryMemory& memory);
std::unique_ptr<SortedRun> run_of(std::shared_ptr<TempFile> file, std::uint64_t from,
                                  std::uint64_t to);

}  // namespace onsite::reconcile
