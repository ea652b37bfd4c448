#include "solutions/1-reconciliation/production/plan/task.hpp"

#include <new>

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/plan/outputs.hpp"
#include "solutions/1-reconciliation/production/plan/stages.hpp"

namespace onsite::reconcile {
namespace {

Result<void> run_stage(Stage stage, TaskRun& task) {
    switch (stage) {
        case Stage::survey:
            return run_survey(task);
        case Stage::boundaries:
            return run_boundaries(task);
        case Stage::sketch:
            return run_sketch_task(task);
        case Stage::merge:
            return run_merge(task);
        case Stage::emit:
            return run_emit(task);
        case Stage::join:
            return run_join(task);
        case Stage::finish:
            return run_finish(task);
    }
    return usage_error("expected a stage that exists.");
}

}  // namespace

bool is_done(const std::filesystem::path& folder, Stage stage, std::size_t index) {
    std::error_code ignored;
    return std::filesystem::exists(output_path(folder, stage, index), ignored);
}

Result<void> run_task(const std::filesystem::path& folder, Stage stage, std::size_t index) {
    auto plan = load_plan(folder);
    if (!plan) return pass_on(plan);
    if (index >= plan->tasks(stage)) {
        return usage_error(fmt::format("expected a task of {} below {}, found {}.",
                                       to_string(stage), plan->tasks(stage), index));
    }
    if (is_done(folder, stage, index)) {
        // Of this run, or an error that says so.
        auto there = Input::open(folder, stage, index, plan->run);
        return there ? Result<void>() : pass_on(there);
    }
    auto output = Output::create(folder, stage, index);
    if (!output) return pass_on(output);
    TaskRun task{.plan = *plan, .folder = folder, .index = index, .output = *output};
    try {
        if (auto done = run_stage(stage, task); !done) return done;
    } catch (const std::bad_alloc&) {
        return tool_error(
            "expected enough memory for the task, found none. Allow less with the memory setting, "
            "or make more tasks.");
    }
    return output->commit(plan->run);
}

}  // namespace onsite::reconcile
