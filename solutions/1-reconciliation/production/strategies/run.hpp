// What every strategy works with: the open feeds, a pass over both of them, and the place for
// findings.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/conclusion.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/input/file_reader.hpp"
#include "solutions/1-reconciliation/production/input/row_picker.hpp"
#include "solutions/1-reconciliation/production/storage/finding_store.hpp"
#include "solutions/1-reconciliation/production/strategies/hashing.hpp"
#include "solutions/1-reconciliation/production/strategies/memory_plan.hpp"

namespace onsite::reconcile {

// A guess that decides how much is prepared for; a wrong one costs time, never rows.
std::uint64_t guess_rows(Format format, std::uint64_t bytes, bool is_compressed);

class Run {
public:
    // Errors: usage when a file cannot be opened.
    static Result<std::unique_ptr<Run>> open(const Feed& ledger, const Feed& bank,
                                             const Settings& settings);

    // Reads both feeds, each in its own thread when there are two. `take` sees the batches of one
    // feed in their order; an error of its ends the pass. The first pass takes the census and keeps
    // the bad rows; a later one expects the bytes that the first one saw.
    using Take = std::function<Result<void>(Side side, const Batch& batch)>;
    // By Side. With one, `take` sees only the rows that it picks, and has to notice by itself when
    // they are not those of the first pass: the bytes are not hashed again.
    using Pickers = std::array<std::unique_ptr<RowPicker>, kSides>;
    Result<void> read_feeds(int pass, int passes, const Take& take, Pickers pickers = {});

    // Calls work(worker) in so many threads as the settings have; the first error counts.
    Result<void> in_parallel(const std::function<Result<void>(std::size_t worker)>& work);

    const Settings& settings() const { return settings_; }
    const MemoryPlan& memory() const { return memory_; }
    const Hasher& hasher() const { return hasher_; }
    const Census& census(Side side) const { return censuses_[static_cast<std::size_t>(side)]; }
    // Of the files as they stand on the disk, a guess at that when they are unpacked, and one at
    // the rows in them.
    std::uint64_t bytes_total() const;
    std::uint64_t unpacked_bytes_guess() const;
    std::uint64_t rows_guess(Side side) const;
    // Where one phase leaves memory for the next one.
    BlockPool& pool() { return pool_; }
    // A store for one worker. REQUIRES: worker < 2.
    FindingStore& findings(std::size_t worker) { return findings_[worker]; }

    std::uint64_t rows_kept = 0;
    std::uint64_t bytes_spilled = 0;

private:
    Run(const Feed& ledger, const Feed& bank, const Settings& settings);
    Result<void> read_feed(Side side, int pass, int passes, const Take& take,
                           std::unique_ptr<RowPicker> picker);
    Result<void> count(Side side, const Batch& batch);
    void report(int pass, int passes, std::uint64_t rows, std::uint64_t bytes);
    bool is_stopped() const {
        return has_failed_ || (settings_.stop != nullptr && settings_.stop->load());
    }

    std::array<Feed, kSides> feeds_;
    Settings settings_;
    MemoryPlan memory_;
    Hasher hasher_;
    std::array<std::vector<InputFile>, kSides> files_;
    std::array<Census, kSides> censuses_;
    BlockPool pool_;
    std::array<FindingStore, kSides> findings_;
    std::atomic<bool> has_failed_ = false;

    std::mutex progress_mutex_;
    Progress progress_;
};

}  // namespace onsite::reconcile
