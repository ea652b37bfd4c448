// A plan on this machine: tasks are processes, and those that die are started again.
#include <signal.h>

#include "tests/e2e/plan_processes.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

constexpr int kLocalTasks = 3;

TEST(PlanLocally, SurvivesTheDeathOfEveryTask) {
    const PlanProcesses plan(5000);
    plan.before_each_task("mkdir died-$3-$4 2>/dev/null && kill -9 $$");
    const auto result = run(plan.by_plan("local", kLocalTasks));
    EXPECT_EQ(result.status, 0) << result.errors;
    EXPECT_TRUE(result.output == plan.at_once());
    EXPECT_EQ(plan.outputs().size(), 5u + 1 + 3 + 3 + 3 + 4 + 1);
    EXPECT_TRUE(std::filesystem::exists(plan.path() / "died-finish-0")) << "it did die";
}

TEST(PlanLocally, GivesUpWhenATaskDiesAgainAndAgain) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = merge-1 ] && echo x >>attempts && kill -9 $$");
    const auto result = run(plan.by_plan("local", kLocalTasks));
    EXPECT_EQ(result.status, 3);
    EXPECT_EQ(result.output, "");
    EXPECT_THAT(result.errors, HasSubstr("expected merge task 1 to succeed in 3 attempts, found: "
                                         "it was killed or never started"));
    EXPECT_EQ(read_text(plan.path() / "attempts"), "x\nx\nx\n");
    // What is done stays done: only the rest is run when the cause is gone.
    plan.before_each_task("[ $3 = merge ] && echo y >>attempts; [ $3 = sketch ] && kill -9 $$");
    const auto again = run(plan.by_plan("local", kLocalTasks));
    EXPECT_EQ(again.status, 0) << again.errors;
    EXPECT_TRUE(again.output == plan.at_once());
}

TEST(PlanLocally, DoesNotRepeatWhatNoRepetitionMends) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = emit-0 ] && echo x >>attempts && echo late,1,USD >>ledger");
    const auto result = run(plan.by_plan("local", kLocalTasks));
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("that the plan was made for"));
    EXPECT_EQ(read_text(plan.path() / "attempts"), "x\n");
}

TEST(PlanLocally, GoesOnWhereItWasStopped) {
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = join-0 ] && mkdir first 2>/dev/null && exec sleep 100");
    Running running(plan.by_plan("local", kLocalTasks));
    for (int i = 0; i < 600 && !std::filesystem::exists(plan.path() / "first"); ++i) {
        running.wait_for("never", 1, 0s);
        std::this_thread::sleep_for(50ms);
    }
    running.send(SIGINT);
    const auto stopped = running.finish(20s);
    EXPECT_EQ(stopped.status, 3);
    EXPECT_THAT(stopped.errors, HasSubstr("found that it was stopped"));
    const auto result = run(plan.by_plan("local", kLocalTasks));
    EXPECT_EQ(result.status, 0) << result.errors;
    EXPECT_THAT(result.errors, Not(HasSubstr("emit"))) << "that was done before";
    EXPECT_TRUE(result.output == plan.at_once());
}

}  // namespace
}  // namespace onsite::testing
