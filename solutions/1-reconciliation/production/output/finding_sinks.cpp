#include "solutions/1-reconciliation/production/output/finding_sinks.hpp"

#include <cstring>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "solutions/1-reconciliation/production/storage/append.hpp"

namespace onsite::reconcile {

template <typename Tell>
Result<void> Fork::tell(const Tell& tell) {
    for (FindingSink* const sink : sinks_) {
        if (auto told = tell(*sink); !told) return told;
    }
    return {};
}

Result<void> Fork::unmatched(Side side, const Record& record) {
    return tell([&](FindingSink& sink) { return sink.unmatched(side, record); });
}

Result<void> Fork::discrepancy(const Discrepancy& discrepancy) {
    return tell([&](FindingSink& sink) { return sink.discrepancy(discrepancy); });
}

Result<void> Fork::rejected(Side side, const Rejection& rejection) {
    return tell([&](FindingSink& sink) { return sink.rejected(side, rejection); });
}

// ---- Hash ----

namespace {

// What a finding is, in the bytes that are hashed; never renumbered, records keep the hashes.
enum Kind : std::uint64_t { kUnmatched = 1, kDiscrepancy = 2, kRejected = 3 };

// Large updates of the hash are done in parallel lanes, many small ones are not.
constexpr std::size_t kWaitingMax = 128 << 10;

}  // namespace

void FindingsHash::flush() {
    hash_.add(waiting_);
    waiting_.clear();
}

void FindingsHash::add(std::span<const std::uint64_t> numbers) {
    waiting_.append(reinterpret_cast<const char*>(numbers.data()), numbers.size_bytes());
}

// The length goes first, so that no id can be taken for the numbers that follow it.
void FindingsHash::add(const Record& record) {
    const std::uint64_t size = record.id.size();
    const std::array<std::uint64_t, 5> numbers = {static_cast<std::uint64_t>(record.amount_minor),
                                                  record.currency, record.place.file,
                                                  record.place.line, record.place.byte};
    append_at_most(sizeof size + record.id.size() + sizeof numbers, waiting_, [&](char* out) {
        std::memcpy(out, &size, sizeof size);
        out = put(record.id, out + sizeof size);
        std::memcpy(out, numbers.data(), sizeof numbers);
        return out + sizeof numbers;
    });
    if (waiting_.size() >= kWaitingMax) flush();
}

Result<void> FindingsHash::unmatched(Side side, const Record& record) {
    add(std::array<std::uint64_t, 2>{kUnmatched, static_cast<std::uint64_t>(side)});
    add(record);
    return {};
}

Result<void> FindingsHash::discrepancy(const Discrepancy& discrepancy) {
    add(std::array<std::uint64_t, 1>{kDiscrepancy});
    add(discrepancy.ledger);
    add(discrepancy.bank);
    return {};
}

Result<void> FindingsHash::rejected(Side side, const Rejection& rejection) {
    add(std::array<std::uint64_t, 3>{kRejected, static_cast<std::uint64_t>(side),
                                     static_cast<std::uint64_t>(rejection.reason)});
    add(Record{.id = rejection.id,
               .amount_minor = rejection.amount_minor,
               .currency = rejection.currency,
               .place = rejection.place});
    return {};
}

std::string FindingsHash::text() {
    flush();
    return hash_.text();
}

// ---- Samples ----

namespace {

std::string shown(std::string_view id) {
    std::string text = harmless(id.substr(0, kSampleIdBytesMax), Lines::one);
    return id.size() > kSampleIdBytesMax ? text + "…" : text;
}

}  // namespace

std::string SampleSink::place(Side side, const Place& place) const {
    const auto& names = names_[static_cast<std::size_t>(side)];
    return fmt::format("{}:{}", harmless(names[place.file], Lines::one), place.line);
}

SampleRow SampleSink::row(Side side, const Record& record) const {
    return {.id = shown(record.id),
            .amount_minor = record.amount_minor,
            .currency = to_string(record.currency),
            .place = place(side, record.place)};
}

Result<void> SampleSink::unmatched(Side side, const Record& record) {
    auto& samples = samples_.unmatched[static_cast<std::size_t>(side)];
    if (samples.size() < kSamplesMax) samples.push_back(row(side, record));
    return {};
}

Result<void> SampleSink::discrepancy(const Discrepancy& discrepancy) {
    auto& samples = samples_.discrepancies;
    if (samples.size() < kSamplesMax) {
        samples.push_back({.ledger = row(Side::ledger, discrepancy.ledger),
                           .bank = row(Side::bank, discrepancy.bank)});
    }
    return {};
}

Result<void> SampleSink::rejected(Side side, const Rejection& rejection) {
    auto& samples = samples_.rejected[static_cast<std::size_t>(side)];
    if (samples.size() < kSamplesMax) {
        samples.push_back({.reason = std::string(to_string(rejection.reason)),
                           .id = shown(rejection.id),
                           .place = place(side, rejection.place)});
    }
    return {};
}

}  // namespace onsite::reconcile
