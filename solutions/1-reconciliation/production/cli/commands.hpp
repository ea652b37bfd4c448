// What the words of the command line ask for, and the commands that do it.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/console.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/record/run_record.hpp"

namespace onsite::reconcile {

// Of the process; everything that is not logic comes from here.
struct Machine {
    Clock& clock;
    Console console;
    std::string version;
    std::function<HashKey()> random_key;
    const std::atomic<bool>* stop;
};

// As typed; empty means: the same as for both feeds.
struct FeedWords {
    std::vector<std::string> files;
    std::string format;
    std::string amounts;
    std::string columns;
    std::string delimiter;
};

struct RunWords {
    FeedWords both{.format = "auto", .amounts = "minor"};
    std::array<FeedWords, kSides> feeds;
    bool has_no_header = false;
    std::string date;
    bool exact = false;
    std::string strategy = "auto";
    std::string memory = "1GiB";
    std::string temp_folder = "/tmp";
    int threads = 2;
    std::string out;
    std::string form = "csv";  // Of the result files.
    std::string record;
    bool has_no_record = false;
    bool as_json = false;
};

// Exit statuses, besides 2 (usage) and 3 (failure) of every Onsite command.
inline constexpr int kEqual = 0;
inline constexpr int kDifferences = 1;
inline constexpr int kRejectedRows = 4;

// Errors of both: usage, with the word that is wrong. `today` is "2026-11-24".
Result<Question> question_from(const RunWords& words, const std::string& today);
Result<Settings> settings_from(const RunWords& words);
// "256MiB", "2GiB", "65536".
Result<std::uint64_t> bytes_from(std::string_view text);

// Reconciles, or finds the record of the same run. Returns the exit status.
Result<int> reconcile_command(const RunWords& words, const Machine& machine);

struct RecordWords {
    std::string record;
    std::string run;  // Or the beginning of its name.
    std::uint64_t limit = 20;
    bool as_json = false;
};

Result<int> history_command(const RecordWords& words, const Machine& machine);
Result<int> show_command(const RecordWords& words, const Machine& machine);
// Reads the feeds again: are they the recorded ones, and is the same found in them?
// Returns 0 when all is so, 1 when something is not.
Result<int> verify_command(const RecordWords& words, const Machine& machine);

int exit_status_of(const Summary& summary);

}  // namespace onsite::reconcile
