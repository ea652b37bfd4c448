// What becomes of findings besides being written to files: samples for people, and a hash.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/storage/content_hash.hpp"

namespace onsite::reconcile {

// Hands every finding to several sinks, in their order. REQUIRES: the sinks outlive it.
class Fork final : public FindingSink {
public:
    explicit Fork(std::vector<FindingSink*> sinks) : sinks_(std::move(sinks)) {}
    Result<void> unmatched(Side side, const Record& record) override;
    Result<void> discrepancy(const Discrepancy& discrepancy) override;
    Result<void> rejected(Side side, const Rejection& rejection) override;

private:
    template <typename Tell>
    Result<void> tell(const Tell& tell);
    std::vector<FindingSink*> sinks_;
};

// Names the findings, all of them in their order: two runs that found the same have the same hash.
class FindingsHash final : public FindingSink {
public:
    Result<void> unmatched(Side side, const Record& record) override;
    Result<void> discrepancy(const Discrepancy& discrepancy) override;
    Result<void> rejected(Side side, const Rejection& rejection) override;

    std::string text();  // Of all of them so far, as content_hash.hpp has it.

private:
    void add(std::span<const std::uint64_t> numbers);
    void add(const Record& record);
    void flush();
    ContentHash hash_;
    std::string waiting_;
};

// The first findings of each kind, for a person to look at.
inline constexpr std::size_t kSamplesMax = 5;  // Of each kind and side.
inline constexpr std::size_t kSampleIdBytesMax = 120;

struct SampleRow {
    std::string id;  // Harmless to a terminal, and cut.
    std::int64_t amount_minor = 0;
    std::string currency;
    std::string place;  // "ledger.csv:17", the line of a file.
    bool operator==(const SampleRow&) const = default;
};

struct SamplePair {
    SampleRow ledger;
    SampleRow bank;
    bool operator==(const SamplePair&) const = default;
};

struct SampleRejection {
    std::string reason;
    std::string id;  // Of a duplicate; empty otherwise.
    std::string place;
    bool operator==(const SampleRejection&) const = default;
};

struct Samples {
    std::array<std::vector<SampleRow>, kSides> unmatched;
    std::vector<SamplePair> discrepancies;
    std::array<std::vector<SampleRejection>, kSides> rejected;
    bool operator==(const Samples&) const = default;
};

// The names of the files of each feed, as the user gave them.
using FileNames = std::array<std::vector<std::string>, kSides>;

class SampleSink final : public FindingSink {
public:
    explicit SampleSink(FileNames names) : names_(std::move(names)) {}
    Result<void> unmatched(Side side, const Record& record) override;
    Result<void> discrepancy(const Discrepancy& discrepancy) override;
    Result<void> rejected(Side side, const Rejection& rejection) override;

    const Samples& samples() const { return samples_; }

private:
    SampleRow row(Side side, const Record& record) const;
    std::string place(Side side, const Place& place) const;
    FileNames names_;
    Samples samples_;
};

}  // namespace onsite::reconcile
