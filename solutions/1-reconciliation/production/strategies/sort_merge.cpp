// The external sort-merge: nothing but sorted runs and one walk over both feeds.
#include <array>
#include <cstring>
#include <string>

#include "solutions/1-reconciliation/production/strategies/external_sorter.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// The tail of an entry begins with the row's place, most significant byte first: rows with the same
// id come in the order of the feed.
void append_big_endian(std::string& out, std::uint64_t number, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
}

std::uint64_t take_big_endian(std::string_view& bytes, std::size_t count) {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < count; ++i) {
        number = number << 8 | static_cast<unsigned char>(bytes[i]);
    }
    bytes.remove_prefix(count);
    return number;
}

Entry entry_of(const Row& row, std::uint32_t file, std::string& tail) {
    tail.clear();
    append_big_endian(tail, file, 2);
    append_big_endian(tail, row.byte, 8);
    append_big_endian(tail, row.line, 8);
    append_big_endian(tail, static_cast<std::uint64_t>(row.amount_minor), 8);
    append_big_endian(tail, row.currency, 2);
    return {.key = row.id(), .tail = tail};
}

Record record_of(const Entry& entry) {
    std::string_view tail = entry.tail;
    Record record = {.id = entry.key};
    record.place.file = static_cast<std::uint32_t>(take_big_endian(tail, 2));
    record.place.byte = take_big_endian(tail, 8);
    record.place.line = take_big_endian(tail, 8);
    record.amount_minor = static_cast<std::int64_t>(take_big_endian(tail, 8));
    record.currency = static_cast<CurrencyCode>(take_big_endian(tail, 2));
    return record;
}

// The first row of each id of a sorted feed; later ones go to the findings.
class FirstRows {
public:
    FirstRows(Side side, ExternalSorter& sorter, FindingStore& findings)
        : side_(side), sorter_(sorter), findings_(findings) {}

    // Goes to the next id. Afterwards is_there() tells whether there was one.
    Result<void> advance() {
        const std::string last = has_begun_ ? std::string(record_.id) : "";
        while (true) {
            Entry entry;
            auto is_there = sorter_.next(entry);
            if (!is_there) return pass_on(is_there);
            is_there_ = *is_there;
            if (!is_there_) return {};
            record_ = record_of(entry);
            if (!has_begun_ || record_.id != last) break;
            auto kept = findings_.duplicate(side_, record_);
            if (!kept) return kept;
        }
        has_begun_ = true;
        return {};
    }
    bool is_there() const { return is_there_; }
    const Record& record() const { return record_; }

private:
    Side side_;
    ExternalSorter& sorter_;
    FindingStore& findings_;
    Record record_;
    bool has_begun_ = false;
    bool is_there_ = false;
};

Result<void> merge(FirstRows& ledger, FirstRows& bank, FindingStore& findings) {
    if (auto first = ledger.advance(); !first) return first;
    if (auto first = bank.advance(); !first) return first;
    while (ledger.is_there() || bank.is_there()) {
        int order = ledger.is_there() ? -1 : 1;
        if (ledger.is_there() && bank.is_there()) {
            order = ledger.record().id.compare(bank.record().id);
        }
        Result<void> told;
        if (order < 0) {
            told = findings.unmatched(Side::ledger, ledger.record());
        } else if (order > 0) {
            told = findings.unmatched(Side::bank, bank.record());
        } else {
            told = findings.pair(ledger.record(), bank.record());
        }
        if (!told) return told;
        if (order <= 0) {
            if (auto next = ledger.advance(); !next) return next;
        }
        if (order >= 0) {
            if (auto next = bank.advance(); !next) return next;
        }
    }
    return {};
}

}  // namespace

Result<void> run_sort_merge(Run& run) {
    const std::uint64_t memory = run.memory().sorter_bytes;
    const auto& folder = run.settings().temp_folder;
    std::array<ExternalSorter, kSides> sorters = {ExternalSorter(folder, memory),
                                                  ExternalSorter(folder, memory)};
    std::array<std::string, kSides> tails;
    auto read = run.read_feeds(1, 1, [&](Side side, const Batch& batch) -> Result<void> {
        const auto number = static_cast<std::size_t>(side);
        for (const Row& row : batch.rows) {
            auto kept = sorters[number].add(entry_of(row, batch.file, tails[number]));
            if (!kept) return kept;
        }
        return {};
    });
    if (!read) return read;
    auto sorted = run.in_parallel([&](std::size_t worker) { return sorters[worker].finish(); });
    if (!sorted) return sorted;
    for (std::size_t side = 0; side < kSides; ++side) {
        run.rows_kept += run.census(static_cast<Side>(side)).parsed.rows();
        run.bytes_spilled += sorters[side].bytes_spilled();
    }
    FindingStore& findings = run.findings(0);
    FirstRows ledger(Side::ledger, sorters[0], findings);
    FirstRows bank(Side::bank, sorters[1], findings);
    return merge(ledger, bank, findings);
}

}  // namespace onsite::reconcile
