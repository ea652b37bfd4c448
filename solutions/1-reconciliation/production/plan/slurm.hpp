// Runs a plan on a Slurm cluster: each stage is a job array that starts when the one before it is
// done. The folder and the feeds are on a file system that all nodes share.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "solutions/1-reconciliation/production/plan/runner.hpp"

namespace onsite::reconcile {

struct SlurmSettings {
    // Further words for sbatch, for example "--partition=night", "--mem=2G", "--time=60".
    std::vector<std::string> sbatch_words;
    std::chrono::milliseconds look_every{1000};
};

// Submits, waits and submits again what failed, up to kTaskAttemptsMax times; Slurm itself requeues
// the tasks of a node that died. Cancels what it submitted when the run is stopped or given up.
// Errors: usage what a task says about the feeds, or sbatch about its words; tool when a task
// failed too often, Slurm does not answer, or the run was stopped. What is done stays done.
Result<void> run_plan_on_slurm(const Plan& plan, const std::filesystem::path& folder,
                               const RunnerSettings& settings, const SlurmSettings& slurm);

}  // namespace onsite::reconcile
