#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"

#include <algorithm>
#include <utility>

#include "solutions/1-reconciliation/production/strategies/sorted_runs.hpp"

namespace onsite::reconcile {
namespace {

// So many runs are read at once; each has a buffer.
constexpr std::size_t kRunsMax = 64;

}  // namespace

// The memories of absorbed sorters are kept apart: each is a run of its own.
struct ExternalSorter::Memory {
    EntryMemory own;
    std::vector<EntryMemory> absorbed = {};
};

ExternalSorter::ExternalSorter(std::filesystem::path temp_folder, std::uint64_t memory_bytes,
                               BlockPool pool)
    : temp_folder_(std::move(temp_folder)),
      memory_bytes_(memory_bytes),
      memory_(std::make_unique<Memory>(EntryMemory(memory_bytes, std::move(pool)))) {}

ExternalSorter::~ExternalSorter() = default;
ExternalSorter::ExternalSorter(ExternalSorter&&) noexcept = default;

Result<void> ExternalSorter::add(Entry entry) {
    memory_->own.add(entry);
    return memory_->own.is_full() ? spill() : Result<void>();
}

void ExternalSorter::sort() { memory_->own.sort(); }

Result<void> ExternalSorter::absorb(ExternalSorter& other) {
    memory_->absorbed.push_back(std::move(other.memory_->own));
    for (EntryMemory& memory : other.memory_->absorbed) {
        memory_->absorbed.push_back(std::move(memory));
    }
    spilled_.insert(spilled_.end(), other.spilled_.begin(), other.spilled_.end());
    bytes_spilled_ += std::exchange(other.bytes_spilled_, 0);
    other.memory_ = std::make_unique<Memory>(EntryMemory(other.memory_bytes_));
    other.spilled_.clear();
    return {};
}

Result<void> ExternalSorter::spill() {
    memory_->own.sort();
    const auto run = run_of(memory_->own);
    auto written = write_run(*run);
    if (!written) return pass_on(written);
    spilled_.push_back(*written);
    memory_->own.clear();
    return {};
}

Result<ExternalSorter::Spilled> ExternalSorter::write_run(SortedRun& run) {
    if (!file_) {
        auto file = TempFile::create(temp_folder_);
        if (!file) return pass_on(file);
        file_ = std::make_shared<TempFile>(std::move(*file));
    }
    const std::uint64_t from = file_->size();
    std::vector<char> block;
    const auto next = [&](Entry& entry) { return run.next(entry); };
    while (true) {
        auto is_more = encode_some(next, block);
        if (!is_more) return pass_on(is_more);
        if (auto written = file_->append(block); !written) return pass_on(written);
        if (!*is_more) break;
    }
    bytes_spilled_ += file_->size() - from;
    return Spilled{.file = file_, .from = from, .to = file_->size()};
}

// Merges the oldest runs into one, again and again, until all can be read at once.
Result<void> ExternalSorter::merge_until_few() {
    while (spilled_.size() > kRunsMax) {
        std::vector<std::unique_ptr<SortedRun>> runs;
        for (std::size_t i = 0; i < kRunsMax; ++i) {
            runs.push_back(run_of(spilled_[i].file, spilled_[i].from, spilled_[i].to));
        }
        spilled_.erase(spilled_.begin(), spilled_.begin() + kRunsMax);
        if (auto opened = open(std::move(runs)); !opened) return opened;
        // Reads its own next(): the merged order of the runs that are open.
        struct Merged final : SortedRun {
            explicit Merged(ExternalSorter& s) : sorter(s) {}
            Result<bool> next(Entry& entry) override { return sorter.next(entry); }
            ExternalSorter& sorter;
        } merged(*this);
        auto written = write_run(merged);
        if (!written) return pass_on(written);
        spilled_.push_back(*written);
    }
    return {};
}

Result<void> ExternalSorter::finish() {
    if (auto merged = merge_until_few(); !merged) return merged;
    std::vector<std::unique_ptr<SortedRun>> runs;
    memory_->own.sort();
    runs.push_back(run_of(memory_->own));
    for (EntryMemory& memory : memory_->absorbed) {
        memory.sort();
        runs.push_back(run_of(memory));
    }
    for (const Spilled& run : spilled_) runs.push_back(run_of(run.file, run.from, run.to));
    return open(std::move(runs));
}

bool ExternalSorter::Head::is_before(const Head& other) const {
    if (prefix != other.prefix) return prefix < other.prefix;
    return reconcile::is_before(entry, other.entry);
}

// Moves to the next entry of the run. Returns false at its end.
Result<bool> ExternalSorter::advance(Head& head) {
    auto is_there = head.run->next(head.entry);
    if (is_there && *is_there) head.prefix = prefix_of(head.entry.key);
    return is_there;
}

Result<void> ExternalSorter::open(std::vector<std::unique_ptr<SortedRun>> runs) {
    open_ = std::move(runs);
    heads_.clear();
    is_front_used_ = false;
    for (const auto& run : open_) {
        Head head{.entry = {}, .prefix = {}, .run = run.get()};
        auto is_there = advance(head);
        if (!is_there) return pass_on(is_there);
        if (*is_there) heads_.push_back(head);
    }
    std::ranges::sort(heads_, [](const Head& a, const Head& b) { return a.is_before(b); });
    return {};
}

// The front's entry has changed: it changes places with the one before it until the heap is one
// again. Cheaper than taking it out and putting it in: most runs stay where they are.
void ExternalSorter::sink_front() {
    for (std::size_t at = 0;;) {
        std::size_t first = 2 * at + 1;
        if (first >= heads_.size()) return;
        if (first + 1 < heads_.size() && heads_[first + 1].is_before(heads_[first])) ++first;
        if (!heads_[first].is_before(heads_[at])) return;
        std::swap(heads_[at], heads_[first]);
        at = first;
    }
}

Result<bool> ExternalSorter::next(Entry& entry) {
    // The run that gave the last entry moves on only now, because the entry lived until here.
    if (std::exchange(is_front_used_, false)) {
        auto is_there = advance(heads_.front());
        if (!is_there) return is_there;
        if (!*is_there) {
            heads_.front() = heads_.back();
            heads_.pop_back();
        }
        sink_front();
    }
    if (heads_.empty()) return false;
    entry = heads_.front().entry;
    is_front_used_ = true;
    return true;
}

}  // namespace onsite::reconcile
