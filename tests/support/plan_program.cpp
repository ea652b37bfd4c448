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
#include <unistd.h>

#include "solutions/1-reconciliation/production/plan/reconcile_by_plan.hpp"
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

int run_plan(const std::vector<std::string>& words) {
    std::signal(SIGINT, [](int) { is_interrupted = true; });
    PlanWords plan{.folder = words[4], .tasks = std::strtoull(words[5].c_str(), nullptr, 10)};
    plan.runner = {.program = words[6],
                   .progress =
                       [](const PlanProgress& progress) {
                           fmt::print(stderr, "{} {}/{}\n", to_string(progress.stage),
                                      progress.done, progress.tasks);
                       },
                   .stop = &is_interrupted};
    if (words[1] == "slurm") {
        plan.slurm = SlurmSettings{.sbatch_words = {words.begin() + 7, words.end()}};
    }
    // Another key each time, as the command has it.
    Settings settings;
    settings.hash_key[0] = static_cast<std::uint64_t>(::getpid());
    CollectingSink sink;
    auto done =
        reconcile_by_plan({.files = {words[2]}}, {.files = {words[3]}}, settings, plan, sink);
    if (!done) return show(std::unexpected(done.error()), sink);
    return show(done->summary, sink);
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
