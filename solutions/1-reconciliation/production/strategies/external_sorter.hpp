// Sorts entries of bytes that may be larger than memory: full memories are sorted and written to a
// temporary file as runs, and all runs are merged while they are read back.
//
// The order: by key, bytes as unsigned numbers, the beginning of another key first; entries with
// the same key by their tails in the same way. Equal entries stay equal, in no particular order.
#pragma once

#include <compare>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/storage/block_pool.hpp"
#include "solutions/1-reconciliation/production/storage/temp_file.hpp"

namespace onsite::reconcile {

struct Entry {
    std::string_view key;
    std::string_view tail;
};

// The first 16 bytes of a key as a number, zeros behind its end: nearly all keys can be told apart
// by it, without a look at where they stand.
struct KeyPrefix {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    auto operator<=>(const KeyPrefix&) const = default;
};

// One run of sorted entries, being read.
class SortedRun {
public:
    virtual ~SortedRun() = default;
    // The next entry, valid until the next call of the same run. Returns false at the end.
    virtual Result<bool> next(Entry& entry) = 0;
};

class ExternalSorter {
public:
    // Takes more memory than that only when the pool has some.
    ExternalSorter(std::filesystem::path temp_folder, std::uint64_t memory_bytes,
                   BlockPool pool = {});
    ~ExternalSorter();
    ExternalSorter(ExternalSorter&&) noexcept;
    ExternalSorter& operator=(ExternalSorter&&) = delete;

    // Errors: tool when the disk is full.
    Result<void> add(Entry entry);
    // Sorts what is in memory, which finish() would do. Thread safety: for different sorters.
    void sort();
    // Takes over what the other holds. REQUIRES: finish() of neither was called.
    Result<void> absorb(ExternalSorter& other);
    // Takes over a run that another sorter gave as encoded entries (sorted_runs.hpp).
    void add_run(std::shared_ptr<TempFile> file, std::uint64_t from, std::uint64_t to) {
        spilled_.push_back({.file = std::move(file), .from = from, .to = to});
    }
    // Ends the adding. REQUIRES: called once, before next().
    Result<void> finish();
    // The next entry in order, valid until the next call. Returns false at the end.
    Result<bool> next(Entry& entry);

    std::uint64_t bytes_spilled() const { return bytes_spilled_; }

private:
    struct Memory;
    struct Spilled {
        std::shared_ptr<TempFile> file;
        std::uint64_t from = 0;
        std::uint64_t to = 0;
    };
    // A run that is being merged, with its next entry.
    struct Head {
        Entry entry;
        KeyPrefix prefix;
        SortedRun* run;
        bool is_before(const Head& other) const;
    };

    Result<void> spill();
    Result<Spilled> write_run(SortedRun& run);
    Result<void> merge_until_few();
    Result<void> open(std::vector<std::unique_ptr<SortedRun>> runs);
    Result<bool> advance(Head& head);
    void sink_front();

    std::filesystem::path temp_folder_;
    std::uint64_t memory_bytes_;
    std::unique_ptr<Memory> memory_;
    std::shared_ptr<TempFile> file_;
    std::vector<Spilled> spilled_;
    std::uint64_t bytes_spilled_ = 0;

    std::vector<std::unique_ptr<SortedRun>> open_;
    std::vector<Head>
        heads_;  // A heap, the first entry in front; that was handed out last when is_front_used_.
    bool is_front_used_ = false;
};

}  // namespace onsite::reconcile
