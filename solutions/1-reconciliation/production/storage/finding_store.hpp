// Where findings wait, in any order, until all of them are handed out in the one order that
// findings.hpp promises; what was found is counted on the way in.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/input/batch.hpp"
#include "solutions/1-reconciliation/production/storage/tally_table.hpp"
#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"

namespace onsite::reconcile {

struct FoundOnSide {
    TallyTable duplicates;
    TallyTable unmatched;
    TallyTable discrepant;
    TallyTable matched;  // As seen by the join: what a sketch cancelled is not in it.
    std::array<std::uint64_t, kRejectReasons> rejected = {};
};

struct Found {
    std::array<FoundOnSide, kSides> sides;
    std::uint64_t amount_differs = 0;
    std::uint64_t currency_differs = 0;

    FoundOnSide& side(Side side) { return sides[static_cast<std::size_t>(side)]; }
    void operator+=(const Found& other);
};

// Thread safety: none; each thread has its own, and one absorbs the others.
class FindingStore {
public:
    // Takes more memory than that only when the pool has some.
    FindingStore(const std::filesystem::path& temp_folder, std::uint64_t memory_bytes,
                 BlockPool pool = {})
        : sorter_(temp_folder, memory_bytes, std::move(pool)) {}

    // Errors: tool when the disk is full.
    Result<void> unmatched(Side side, const Record& record);
    Result<void> discrepancy(const Record& ledger, const Record& bank);
    Result<void> duplicate(Side side, const Record& record);
    Result<void> bad_row(Side side, std::uint32_t file, const BadRow& row);
    // The first good rows of both feeds with one id: counts a match or adds a discrepancy.
    Result<void> pair(const Record& ledger, const Record& bank);

    // Does most of the sorting; for each store in its own thread, before one absorbs the others.
    void sort() { sorter_.sort(); }
    Result<void> absorb(FindingStore& other);
    // Calls the sink from one thread at a time, but not always this one.
    // REQUIRES: called once, and last.
    Result<void> deliver(FindingSink& sink);

    // Instead of deliver(): gives all findings in order as bytes, for another store's add_run().
    using Put = std::function<Result<void>(std::span<const char> bytes)>;
    Result<void> write(const Put& put);
    // Takes over what another store has written and what it had found.
    void add_run(std::shared_ptr<TempFile> file, std::uint64_t from, std::uint64_t to,
                 const Found& found);

    const Found& found() const { return found_; }
    std::uint64_t bytes_spilled() const { return sorter_.bytes_spilled(); }

private:
    void begin(char class_of_finding);
    void begin_rejected(Side side, const Place& place);
    Result<bool> fill(std::vector<char>& block);

    ExternalSorter sorter_;
    std::string key_;
    std::string tail_;
    Found found_;
};

}  // namespace onsite::reconcile
