// The tasks of a plan (plan.hpp), and what comes out of the last one.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string_view>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/findings.hpp"
#include "solutions/1-reconciliation/production/plan/plan.hpp"
#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

// Runs one task of the plan in the folder, in this process. Does nothing when its output is there
// already. Killed at any moment it leaves nothing that is taken for an output, so a task may be run
// again, elsewhere, and twice at once.
// REQUIRES: the tasks of the stages before are done.
// Errors: usage when a feed is not what the plan says or the plan has no such task, which no other
// attempt will mend; tool when an earlier task is missing, the disk is full or the counts do not
// add up. Memory: settings.memory_bytes and about 32 MiB.
Result<void> run_task(const std::filesystem::path& folder, Stage stage, std::size_t index);

// The same as a program: `onsite-reconcile task FOLDER STAGE INDEX`. Says an error on stderr and
// leaves it in FOLDER/errors/STAGE-INDEX for who waits for the plan. Returns the exit status: 0, 2
// for usage, 3 for tool.
int run_task_program(const std::filesystem::path& folder, std::string_view stage,
                     std::string_view index);
// What the last attempt at the task said; nothing when it was killed or did not fail.
std::optional<Error> task_error(const std::filesystem::path& folder, Stage stage,
                                std::size_t index);

bool is_done(const std::filesystem::path& folder, Stage stage, std::size_t index);

// Hands out what the plan in the folder has found, as reconcile_feeds() would (engine.hpp).
// REQUIRES: its tasks are done. Errors: as run_task(), and what the sink says.
Result<Summary> deliver_plan(const std::filesystem::path& folder, FindingSink& sink);

}  // namespace onsite::reconcile
