// A plan on this machine: tasks are processes, and those that die are started again.
#include <signal.h>

#include "tests/e2e/onsite.hpp"
#include "tests/e2e/plan_processes.hpp"

namespace onsite::testing {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using namespace std::chrono_literals;

constexpr int kLocalTasks = 3;

constexpr int kRejectedRows = 4;  // The status of a whole run of these feeds.

bool is_there_soon(const std::filesystem::path& file) {
    return wait_until([&] { return std::filesystem::exists(file); }, 30s);
}

TEST(PlanLocally, SurvivesTheDeathOfEveryTask) {
    const PlanProcesses plan(5000);
    plan.before_each_task("mkdir died-$3-$4 2>/dev/null && kill -9 $$");
    const auto result = run(plan.by_plan(kLocalTasks));
    EXPECT_EQ(result.status, kRejectedRows) << result.errors;
    EXPECT_TRUE(plan.results() == plan.at_once());
    EXPECT_GT(plan.results().size(), 1000u);
    EXPECT_EQ(plan.started().size(), 2u * (5 + 1 + 3 + 3 + 3 + 4 + 1)) << "each once, and again";
    EXPECT_FALSE(plan.has_run_folder());
    EXPECT_EQ(plan.recorded_runs(), 1);
    EXPECT_THAT(run(plan.by_plan(kLocalTasks)).errors, HasSubstr("nothing was processed again"));
}

TEST(PlanLocally, GivesUpWhenATaskDiesAgainAndAgain) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = merge-1 ] && kill -9 $$");
    const auto result = run(plan.by_plan(kLocalTasks));
    EXPECT_EQ(result.status, 3);
    EXPECT_EQ(result.output, "");
    EXPECT_THAT(result.errors, HasSubstr("expected merge task 1 to succeed in 3 attempts, found: "
                                         "it was killed or never started"));
    EXPECT_THAT(plan.started(), Contains("merge-1").Times(3));
    EXPECT_EQ(plan.recorded_runs(), 0);
    EXPECT_EQ(plan.results(), "");
    // What is done stays done: only the rest is run when the cause is gone.
    plan.before_each_task("");
    const auto again = run(plan.by_plan(kLocalTasks));
    EXPECT_EQ(again.status, kRejectedRows) << again.errors;
    EXPECT_THAT(plan.started(), Contains("merge-1").Times(4));
    EXPECT_THAT(plan.started(), Contains("sketch-0").Times(1));
    EXPECT_TRUE(plan.results() == plan.at_once());
}

TEST(PlanLocally, DoesNotRepeatWhatNoRepetitionMends) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = emit-0 ] && echo late,1,USD >>ledger");
    const auto result = run(plan.by_plan(kLocalTasks));
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("that the plan was made for"));
    EXPECT_THAT(plan.started(), Contains("emit-0").Times(1));
}

TEST(PlanLocally, GoesOnWhereItWasStopped) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = join-0 ] && mkdir first 2>/dev/null && exec sleep 100");
    Running running(plan.by_plan(kLocalTasks));
    ASSERT_TRUE(is_there_soon(plan.path() / "first"));
    running.send(SIGINT);
    const auto stopped = running.finish(20s);
    EXPECT_EQ(stopped.status, 3);
    EXPECT_THAT(stopped.errors, HasSubstr("found that it was stopped"));
    const auto result = run(plan.by_plan(kLocalTasks));
    EXPECT_EQ(result.status, kRejectedRows) << result.errors;
    EXPECT_THAT(plan.started(), Contains("emit-0").Times(1)) << "that was done before";
    EXPECT_TRUE(plan.results() == plan.at_once());
}

TEST(PlanLocally, PrintsThePlanAndRunsNothing) {
    const PlanProcesses plan(2000);
    const auto result = run(plan.by_plan(2, {"--plan"}));
    EXPECT_EQ(result.status, 0) << result.errors;
    EXPECT_THAT(result.output, HasSubstr("bytes in 1 + 1 files, 2 tasks, 1024 MiB of memory each"));
    EXPECT_THAT(result.output, HasSubstr("sketch         2 tasks, 2^"));
    EXPECT_THAT(plan.started(), IsEmpty());
    EXPECT_EQ(plan.recorded_runs(), 0);
}

TEST(PlanLocally, TakesTurnsWithTheSameRunOfAnotherRecord) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = join-0 ] && mkdir first 2>/dev/null && exec sleep 100");
    Running first(plan.by_plan(kLocalTasks));
    ASSERT_TRUE(is_there_soon(plan.path() / "first"));
    Command other = plan.by_plan(kLocalTasks, {"--no-record"});
    Running second(other);
    ASSERT_TRUE(second.wait_for_error("another process runs this plan", 20s));
    first.send(SIGINT);
    EXPECT_EQ(first.finish(20s).status, 3);
    EXPECT_EQ(second.finish(60s).status, kRejectedRows);
    EXPECT_TRUE(plan.results() == plan.at_once());
}

TEST(PlanLocally, SaysWhichOptionsGoTogether) {
    const PlanProcesses plan(10);
    const auto said = [&](std::vector<std::string> words) {
        words.insert(words.begin(), {program("onsite-reconcile").string(), "ledger", "bank"});
        const auto result = run({.words = std::move(words), .folder = plan.path()});
        EXPECT_EQ(result.status, 2) << result.output;
        return result.errors;
    };
    EXPECT_THAT(said({"--slurm"}), HasSubstr("expected --shared FOLDER with --slurm, found none"));
    EXPECT_THAT(said({"--shared", "x"}), HasSubstr("say how many tasks, as --tasks 8"));
    EXPECT_THAT(said({"--tasks", "2", "--sbatch=--time=1"}), HasSubstr("add --slurm"));
    EXPECT_THAT(said({"--tasks", "501", "--no-record"}), HasSubstr("expected 1 to 500 tasks"));
    EXPECT_THAT(said({"--tasks", "2", "--no-record", "--memory", "1MiB"}),
                HasSubstr("expected at least 64 MiB"));
    EXPECT_THAT(said({"--tasks", "-1"}), HasSubstr("expected 1 to 500 tasks, found -1"));
    EXPECT_THAT(said({"task", "nowhere", "survey", "0"}), HasSubstr("before task, found LEDGER"));
    const auto task =
        run({.words = {program("onsite-reconcile").string(), "task", "nowhere", "survey", "0"},
             .folder = plan.path()});
    EXPECT_EQ(task.status, 2);
    EXPECT_THAT(task.errors, HasSubstr("nowhere/plan.json"));
}

}  // namespace
}  // namespace onsite::testing
