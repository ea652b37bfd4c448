// What every way to run a plan has in common.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/plan/plan.hpp"

namespace onsite::reconcile {

// So often a task is started before the run is given up. One that fails because of the feeds or the
// command line (a usage error) is not tried again.
inline constexpr int kTaskAttemptsMax = 3;

struct PlanProgress {
    Stage stage = Stage::survey;  // The first that is not done.
    std::size_t done = 0;         // Its tasks that are.
    std::size_t tasks = 0;
};

struct RunnerSettings {
    // Starts a task together with "task FOLDER STAGE INDEX". Every machine has it under this name.
    std::filesystem::path program;
    // Waits that long; what ends is looked at in between.
    std::function<void(std::chrono::milliseconds)> pause;
    // Called from the caller's thread when something has changed.
    std::function<void(const PlanProgress&)> progress = {};
    // The run ends what it started and returns an error soon after this becomes true.
    const std::atomic<bool>* stop = nullptr;

    bool is_stopped() const { return stop != nullptr && stop->load(); }
};

// The tasks of a stage whose outputs are not there.
std::vector<std::size_t> missing_tasks(const Plan& plan, const std::filesystem::path& folder,
                                       Stage stage);

// Forgets what tasks of an earlier call said.
void clear_errors(const std::filesystem::path& folder);

// Nothing when all is done.
std::optional<PlanProgress> progress_of(const Plan& plan, const std::filesystem::path& folder);

// Why the run is given up because of this task.
Error final_error(const std::filesystem::path& folder, Stage stage, std::size_t index);

std::unexpected<Error> stopped_error(const std::filesystem::path& folder);

}  // namespace onsite::reconcile
