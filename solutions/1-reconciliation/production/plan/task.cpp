#include "solutions/1-reconciliation/production/plan/task.hpp"

#include <cstdio>
#include <new>

#include <fmt/format.h>

#include "base/error.hpp"
#include "base/files.hpp"
#include "base/parse_number.hpp"
#include "solutions/1-reconciliation/production/plan/outputs.hpp"
#include "solutions/1-reconciliation/production/plan/stages.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::uint64_t kErrorBytesMax = 64 << 10;

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
    return usage_error("expected a stage that exists");
}

std::filesystem::path error_path(const std::filesystem::path& folder, Stage stage,
                                 std::size_t index) {
    return folder / "errors" / fmt::format("{}-{}", to_string(stage), index);
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
        return usage_error(fmt::format("expected a task of {} below {}, found {}", to_string(stage),
                                       plan->tasks(stage), index));
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
            "expected enough memory for the task, found none; allow less with the memory setting, "
            "or make more tasks");
    }
    return output->commit(plan->run);
}

int run_task_program(const std::filesystem::path& folder, std::string_view stage,
                     std::string_view index) {
    const auto fail = [](const Error& error) {
        fmt::print(stderr, "onsite-reconcile: {}\n", error.message);
        return exit_status_of(error.kind);
    };
    const auto known = stage_named(stage);
    if (!known) return fail(known.error());
    const auto number = parse_number<std::size_t>(index);
    if (!number) {
        return fail(
            {ErrorKind::usage, fmt::format("expected the number of a task, found '{}'", index)});
    }
    const auto path = error_path(folder, *known, *number);
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    const auto done = run_task(folder, *known, *number);
    if (done) return 0;
    // Where it cannot be written, the exit status still says that something is wrong.
    static_cast<void>(write_file(
        path, fmt::format("{}{}", exit_status_of(done.error().kind), done.error().message)));
    return fail(done.error());
}

std::optional<Error> task_error(const std::filesystem::path& folder, Stage stage,
                                std::size_t index) {
    auto text = read_file(error_path(folder, stage, index), kErrorBytesMax);
    if (!text || text->empty()) return std::nullopt;
    const auto kind = text->front() == '2' ? ErrorKind::usage : ErrorKind::tool;
    return Error{kind, text->substr(1)};
}

}  // namespace onsite::reconcile
