#include "solutions/1-reconciliation/production/plan/reconcile_by_plan.hpp"

#include "solutions/1-reconciliation/production/plan/local.hpp"
#include "solutions/1-reconciliation/production/plan/task.hpp"

namespace onsite::reconcile {

Result<PlannedSummary> reconcile_by_plan(const Feed& ledger, const Feed& bank,
                                         const Settings& settings, const PlanWords& words,
                                         FindingSink& sink) {
    auto wanted = make_plan(ledger, bank, settings, words.tasks);
    if (!wanted) return pass_on(wanted);
    // Tasks may start in another folder.
    const auto folder = std::filesystem::absolute(words.folder);
    auto plan = save_or_resume_plan(std::move(*wanted), folder);
    if (!plan) return pass_on(plan);
    auto done = words.slurm ? run_plan_on_slurm(*plan, folder, words.runner, *words.slurm)
                            : run_plan_locally(*plan, folder, words.at_once, words.runner);
    if (!done) return pass_on(done);
    auto summary = deliver_plan(folder, sink);
    if (!summary) return pass_on(summary);
    return PlannedSummary{.summary = std::move(*summary), .hash_key = plan->settings.hash_key};
}

}  // namespace onsite::reconcile
