// Runs a plan on this machine, a few tasks at a time, each as a process of its own.
#pragma once

#include "solutions/1-reconciliation/production/plan/runner.hpp"

namespace onsite::reconcile {

// `at_once`: how many tasks run at the same time; each may take the plan's memory.
// Errors: usage what a task says about the feeds; tool when a task failed too often, or the run was
// stopped. What is done stays done: another call goes on from there.
Result<void> run_plan_locally(const Plan& plan, const std::filesystem::path& folder, int at_once,
                              const RunnerSettings& settings);

}  // namespace onsite::reconcile
