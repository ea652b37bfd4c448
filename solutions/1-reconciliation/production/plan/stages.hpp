// The stages of a plan, one function for each. Only run_task() calls them.
#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/plan/outputs.hpp"
#include "solutions/1-reconciliation/production/plan/plan.hpp"
#include "solutions/1-reconciliation/production/strategies/dirty_buckets.hpp"

namespace onsite::reconcile {

// What a task works with. Errors of all: see run_task().
struct TaskRun {
    const Plan& plan;
    const std::filesystem::path& folder;
    std::size_t index;
    Output& output;

    Result<Input> input(Stage stage, std::size_t task) const {
        return Input::open(folder, stage, task, plan.run);
    }
};

Result<void> run_survey(TaskRun& task);
Result<void> run_boundaries(TaskRun& task);
Result<void> run_sketch_task(TaskRun& task);
Result<void> run_merge(TaskRun& task);
Result<void> run_emit(TaskRun& task);
Result<void> run_join(TaskRun& task);
Result<void> run_finish(TaskRun& task);

// Where the first row of each piece of the task begins: what the boundaries stage found.
Result<std::vector<RowStart>> first_rows_of(const TaskRun& task);
// The hashes of all files of both feeds, in their order: what the survey found.
Result<std::vector<FileRead>> file_hashes(const TaskRun& task);
// The buckets whose rows have to be looked at: what the merge found.
Result<DirtyBuckets> dirty_buckets(const TaskRun& task);

}  // namespace onsite::reconcile
