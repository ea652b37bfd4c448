// What the words of the command line ask for, and the commands that do it.
#pragma once

#include <array>
#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/console.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/plan/reconcile_by_plan.hpp"
#include "solutions/1-reconciliation/production/record/run_record.hpp"

namespace onsite::reconcile {

// Of the process; everything that is not logic comes from here.
struct Machine {
    Clock& clock;
    Console console;
    std::string version;
    std::filesystem::path program;  // This one: a plan's tasks are started with it.
    std::function<HashKey()> random_key;
    std::function<void(std::chrono::milliseconds)> pause;
    // From then on a signal to end sets `stop`. Before, it ends the process: there is nothing yet
    // to be cleared up.
    std::function<void()> listen_for_stop;
    const std::atomic<bool>* stop;
};

// As typed; empty means: the same as for both feeds.
struct FeedWords {
    std::vector<std::string> files;
    std::string format;
    std::string amounts;
    std::string columns;
    std::string delimiter;
    bool has_no_header = false;
};

// For a run whose work is cut into tasks (plan/plan.hpp).
struct PlanOptions {
    bool is_only_printed = false;
    // Nothing: all in this process, or kDefaultTasks when another option is here.
    std::optional<std::int64_t> tasks;
    bool uses_slurm = false;
    std::vector<std::string> sbatch_words;
    std::string shared_folder;
    std::string task_program;

    bool is_wanted() const { return is_only_printed || uses_slurm || tasks.has_value(); }
};
inline constexpr std::int64_t kDefaultTasks = 8;

struct RunWords {
    FeedWords both{.format = "auto", .amounts = "minor"};
    std::array<FeedWords, kSides> feeds;
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
    PlanOptions plan;
};

// Exit statuses, besides 2 (usage) and 3 (failure) of every Onsite command.
inline constexpr int kEqual = 0;
inline constexpr int kDifferences = 1;
inline constexpr int kRejectedRows = 4;

// Errors of both: usage, with the word that is wrong. `today` is "2026-11-24".
Result<Question> question_from(const RunWords& words, const std::string& today);
Result<Settings> settings_from(const RunWords& words);
// Nothing when the run is to be made in this process. `key` names the run's folder, so that the
// same command goes on with a run that was stopped.
// Errors: usage when options do not go together.
Result<std::optional<PlanWords>> plan_from(const RunWords& words, std::string_view key,
                                           const Machine& machine);
// "256MiB", "2GiB", "65536".
Result<std::uint64_t> bytes_from(std::string_view text);

// Reconciles, or finds the record of the same run. Returns the exit status.
Result<int> reconcile_command(const RunWords& words, const Machine& machine);

struct RecordWords {
    std::string record;
    bool is_named = false;  // By somebody, who may have mistyped it: not the usual place.
    std::string run;        // Or the beginning of its name.
    std::uint64_t limit = 20;
    bool as_json = false;
};

Result<int> history_command(const RecordWords& words, const Machine& machine);
Result<int> show_command(const RecordWords& words, const Machine& machine);
// Reads the feeds again: are they the recorded ones, is the same found in them, and does the record
// agree with itself? Returns 0 when all is so, 1 when something is not.
Result<int> verify_command(const RecordWords& words, const Machine& machine);

int exit_status_of(const Summary& summary);

}  // namespace onsite::reconcile
