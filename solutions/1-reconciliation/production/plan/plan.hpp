// A reconciliation as a plan: stages of tasks that many machines can run over one shared folder.
//
//   survey       an array: where may rows begin in each byte range, how many lines does it have;
//                besides, the hash of each file
//   boundaries   one task: where rows do begin, and in which line
//   sketch       an array: each adds its rows up in a table of its own (sketch_table.hpp)
//   merge        an array: each adds up one slice of all tables and tells its dirty buckets
//   emit         an array: each keeps its rows of dirty buckets, parted by the hash of their ids
//   join         an array: each joins one partition exactly
//   finish       one task: all findings in their order, and the counts
//
// An exact plan has no sketch and no merge: every row is emitted. A task depends on the stages
// before its own and on nothing else, and writes one file; the same plan always gives the same
// findings, so a task may be run again at any time, by anybody.
//
// The folder of a run: plan.json; out/STAGE-INDEX, the tasks' outputs; errors/STAGE-INDEX, why a
// task failed; logs/.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/feed.hpp"
#include "solutions/1-reconciliation/production/input/row_parser.hpp"

namespace onsite::reconcile {

// Slurm takes arrays of 1,000 tasks unless it is told otherwise (MaxArraySize), and the survey has
// up to twice as many as this.
inline constexpr std::size_t kTasksMax = 500;

enum class Stage : std::uint8_t { survey, boundaries, sketch, merge, emit, join, finish };
inline constexpr std::size_t kStages = 7;
std::string_view to_string(Stage stage);
// Errors: usage when there is no such stage.
Result<Stage> stage_named(std::string_view name);

// A file as it was when the plan was made: a task refuses one that is not like this.
struct PlannedFile {
    std::string name;            // As the user gave it.
    std::filesystem::path path;  // Absolute.
    std::uint64_t bytes = 0;
    std::int64_t changed_at_ns = 0;  // Since 1970.
    bool is_compressed = false;      // Then it is read by one task, from its beginning.
    FileHead head;
};

// The rows that begin in these bytes of a file; all of a compressed one.
struct Piece {
    Side side = Side::ledger;
    std::uint32_t file = 0;  // Index into the feed's files.
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool operator==(const Piece&) const = default;
};

struct Plan {
    std::array<Feed, kSides> feeds;  // By Side; the paths are absolute.
    std::array<std::vector<PlannedFile>, kSides> files;
    // Each task keeps to memory_bytes and temp_folder of its machine. Threads, progress and stop
    // are not part of a plan.
    Settings settings;
    int sketch_bits = 10;                    // 2^sketch_bits buckets.
    int partition_bits = 0;                  // 2^partition_bits tasks join.
    std::vector<std::vector<Piece>> pieces;  // By task, those of a feed in its order.
    std::string run;  // Names the plan: the hash of plan.json, 32 hexadecimal digits.

    bool is_exact() const { return settings.strategy != Strategy::sketch; }
    std::size_t tasks(Stage stage) const;  // 0: the plan does not have the stage.
    std::size_t partitions() const { return std::size_t{1} << partition_bits; }
    const std::vector<PlannedFile>& files_of(Side side) const {
        return files[static_cast<std::size_t>(side)];
    }
    const Feed& feed(Side side) const { return feeds[static_cast<std::size_t>(side)]; }
};

// Cuts both feeds into pieces for so many tasks, all of about the same size. Reads the header of
// each file and no more. Strategy::automatic means the sketch, unless the settings are exact.
// Errors: usage when no plan can have these settings and so many tasks.
Result<void> check_plan(const Settings& settings, std::size_t tasks);

// Errors: those of check_plan; usage when a file is missing, a pipe or without its columns, tasks
// is not 1 to kTasksMax, or a plan cannot have the settings.
Result<Plan> make_plan(const Feed& ledger, const Feed& bank, const Settings& settings,
                       std::size_t tasks);

// For people: the stages, their tasks, the pieces.
std::string describe(const Plan& plan);

// Makes the folder and writes plan.json; sets plan.run. Does nothing when the same plan is there.
// Errors: usage when another plan is there, or a name cannot be written as JSON; tool otherwise.
Result<void> save_plan(Plan& plan, const std::filesystem::path& folder);
// Saves the plan, or returns the one that is there when it is for the same work: the same feeds,
// unchanged, the same settings and number of tasks, whatever its hash key. A run that was stopped
// goes on with it. Errors: as save_plan() and load_plan().
Result<Plan> save_or_resume_plan(Plan wanted, const std::filesystem::path& folder);
// Errors: usage when there is none, or it was changed by hand into nonsense.
Result<Plan> load_plan(const std::filesystem::path& folder);

}  // namespace onsite::reconcile
