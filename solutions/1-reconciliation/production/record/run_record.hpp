// The record of one run: what was compared, how, when, and what was found.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/output/finding_sinks.hpp"
#include "solutions/1-reconciliation/production/output/output_file.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

// What was asked for, as far as the findings depend on it.
struct Question {
    std::string date;  // "2026-11-24": the day that is reconciled, not the day of the run.
    std::array<Feed, kSides> feeds;
    bool exact = false;

    const Feed& feed(Side side) const { return feeds[static_cast<std::size_t>(side)]; }
};

// How it was found; another machine may find the same another way.
struct Making {
    std::string recorded_at;  // RFC 3339, UTC.
    std::string version;      // Of Onsite.
    std::int64_t duration_ms = 0;
    Strategy strategy = Strategy::hash;
    int sketch_confidence_bits = 0;
    HashKey hash_key = {};
    std::uint64_t memory_bytes = 0;
    std::uint64_t rows_kept = 0;
    std::uint64_t bytes_spilled = 0;
    bool operator==(const Making&) const = default;
};

// Of a run's name, where people read it.
inline constexpr std::size_t kRunDigits = 12;

struct RunRecord {
    std::string run;  // Names question and snapshots: 32 hexadecimal digits.
    std::string key;  // What is known of them before a byte is read: 32 hexadecimal digits.
    Question question;
    Making making;
    Summary summary;
    Samples samples;
    std::string findings_hash;
    std::string out_folder;  // Empty when no files were asked for.
    std::vector<WrittenFile> out_files;
};

// The same date, settings, sizes: a run that was recorded under another key is another run.
// A size that cannot be known before (of a pipe) is -1.
std::string key_of(const Question& question,
                   const std::array<std::vector<std::int64_t>, kSides>& sizes);

// The same date, settings and content, whatever the files are called.
std::string run_of(const Question& question, std::string_view ledger_snapshot,
                   std::string_view bank_snapshot);

// Everything. from_json is its inverse, except that Summary keeps only what its own JSON has.
Json to_json(const RunRecord& record);
Result<RunRecord> record_from_json(const Json& value);

// summary.json of a result folder: the same bytes for the same run, on any machine.
Json public_json(const RunRecord& record);

}  // namespace onsite::reconcile
