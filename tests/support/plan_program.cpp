// onsite-plan: a reconciliation of two CSV files with headers, at once or as a plan, for the tests
// of plans that run in processes of their own. Every line of it is a line of a finding or a sum.
//
//   onsite-plan task FOLDER STAGE INDEX
//   onsite-plan once LEDGER BANK
//   onsite-plan local|slurm LEDGER BANK FOLDER TASKS PROGRAM [SBATCH_WORD...]
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>

#include "solutions/1-reconciliation/production/plan/local.hpp"
#include "solutions/1-reconciliation/production/plan/slurm.hpp"
#include "tests/support/plan_support.hpp"

namespace {

using namespace onsite;
using namespace onsite::reconcile;

std::atomic<bool> is_interrupted = false;

int show(const Result<Summary>& summary, CollectingSink& sink) {
    if (!summary) {
        fmt::print(stderr, "{}\n", summary.error().message);
        return summary.error().kind == ErrorKind::usage ? 2 : 3;
    }
    for (const std::string& line : lines_of(summary, sink)) fmt::print("{}\n", line);
    return 0;
}

int fail(const Error& error) {
    CollectingSink none;
    return show(std::unexpected(error), none);
}

// The plan in the folder, or a new one: a second call goes on where the first one ended.
Result<Plan> plan_in(const std::filesystem::path& folder, const Feed& ledger, const Feed& bank,
                     std::size_t tasks) {
    if (std::filesystem::exists(folder / "plan.json")) return load_plan(folder);
    auto plan = make_plan(ledger, bank, {}, tasks);
    if (!plan) return plan;
    if (auto saved = save_plan(*plan, folder); !saved) return pass_on(saved);
    return plan;
}

int run_plan(const std::vector<std::string>& words) {
    const std::filesystem::path folder = words[4];
    auto plan = plan_in(folder, {.files = {words[2]}}, {.files = {words[3]}},
                        std::strtoull(words[5].c_str(), nullptr, 10));
    if (!plan) return fail(plan.error());
    std::signal(SIGINT, [](int) { is_interrupted = true; });
    const RunnerSettings settings{.program = words[6],
                                  .progress =
                                      [](const PlanProgress& progress) {
                                          fmt::print(stderr, "{} {}/{}\n",
                                                     to_string(progress.stage), progress.done,
                                                     progress.tasks);
                                      },
                                  .stop = &is_interrupted};
    const SlurmSettings slurm{.sbatch_words = {words.begin() + 7, words.end()}};
    auto done = words[1] == "local" ? run_plan_locally(*plan, folder, 2, settings)
                                    : run_plan_on_slurm(*plan, folder, settings, slurm);
    if (!done) return fail(done.error());
    CollectingSink sink;
    const auto summary = deliver_plan(folder, sink);
    return show(summary, sink);
}

}  // namespace

int main(int count, char** values) {
    const std::vector<std::string> words(values, values + count);
    if (count == 5 && words[1] == "task") return run_task_program(words[2], words[3], words[4]);
    if (count == 4 && words[1] == "once") {
        CollectingSink sink;
        const auto summary =
            reconcile_feeds({.files = {words[2]}}, {.files = {words[3]}}, {}, sink);
        return show(summary, sink);
    }
    if (count >= 7 && (words[1] == "local" || words[1] == "slurm")) return run_plan(words);
    fmt::print(stderr, "usage: see the first lines of plan_program.cpp\n");
    return 2;
}
