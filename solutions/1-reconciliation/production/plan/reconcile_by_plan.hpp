// The entry to plans: as reconcile_feeds() (engine.hpp), with the work done by tasks.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>

#include "base/error.hpp"
#include "solutions/1-reconciliation/production/engine.hpp"
#include "solutions/1-reconciliation/production/plan/runner.hpp"
#include "solutions/1-reconciliation/production/plan/slurm.hpp"

namespace onsite::reconcile {

struct PlanWords {
    // Of the run: new, or with the same work that was stopped (save_or_resume_plan). It is left
    // there; the caller removes it when the results are safe.
    std::filesystem::path folder;
    std::size_t tasks = 8;
    std::optional<SlurmSettings> slurm;  // Nothing: on this machine,
    int at_once = 2;                     // so many tasks at a time.
    RunnerSettings runner;
};

struct PlannedSummary {
    Summary summary;
    HashKey hash_key;  // Of the plan: an older one when the run was resumed.
};

// Finds what reconcile_feeds() finds, in the same order. The summary says the same but for how it
// was made: strategy, rows_kept, bytes_spilled.
// Errors: as make_plan(), save_or_resume_plan(), run_plan_locally() or run_plan_on_slurm(), and
// deliver_plan().
Result<PlannedSummary> reconcile_by_plan(const Feed& ledger, const Feed& bank,
                                         const Settings& settings, const PlanWords& words,
                                         FindingSink& sink);

}  // namespace onsite::reconcile
