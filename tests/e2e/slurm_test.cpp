// A plan on a Slurm cluster of two nodes that really runs, on loopback (slurm_cluster.sh). A task
// is killed in the middle and a node dies in the middle; what is found is what one machine finds.
//
// ONSITE_SLURM_ROWS=10000000 makes it as large as the issue wants it.
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <signal.h>
#include <thread>

#include "tests/e2e/onsite.hpp"
#include "tests/e2e/plan_processes.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::uint64_t kDefaultRows = 300'000;
constexpr int kSlurmTasks = 8;
constexpr std::chrono::seconds kPatience = 240s;

std::uint64_t rows_wanted() {
    const char* const wanted = std::getenv("ONSITE_SLURM_ROWS");
    return wanted == nullptr ? kDefaultRows : std::strtoull(wanted, nullptr, 10);
}

bool wait_for_file(const fs::path& file) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (std::chrono::steady_clock::now() < end) {
        if (fs::exists(file)) return true;
        std::this_thread::sleep_for(50ms);
    }
    return false;
}

pid_t pid_in(const fs::path& file) {
    const pid_t pid = std::atoi(read_text(file).c_str());
    return pid > 1 ? pid : throw std::runtime_error("no process in " + file.string());
}

// The one that started it: a task's is the daemon of its step.
pid_t parent_of(pid_t pid) {
    std::ifstream stat("/proc/" + std::to_string(pid) + "/stat");
    std::string number, name, state;
    pid_t parent = 0;
    stat >> number >> name >> state >> parent;
    return parent > 1 ? parent : throw std::runtime_error("no parent");
}

class Cluster {
public:
    Cluster() : running_({.words = {root() / "tests/support/slurm_cluster.sh", folder_.path()}}) {}
    ~Cluster() {
        write_text(folder_.path() / "stop", "");
        running_.finish(20s);
    }
    Cluster(const Cluster&) = delete;
    Cluster& operator=(const Cluster&) = delete;

    bool is_ready() { return running_.wait_for("ready", 1, 60s); }
    std::string environment() const {
        return "SLURM_CONF=" + (folder_.path() / "slurm.conf").string();
    }
    pid_t daemon_of(const std::string& node) const {
        return pid_in(folder_.path() / (node + ".daemon"));
    }

private:
    TemporaryFolder folder_;
    Running running_;
};

// Waits in the place of a task, once, and says who and where it is.
std::string wait_once(const std::string& task) {
    return "if [ $3-$4 = " + task + " ] && mkdir once-" + task +
           " 2>/dev/null; then\n"
           "    echo \"$SLURMD_NODENAME\" >once-" +
           task +
           "/node\n"
           "    echo $$ >once-" +
           task + "/part && mv once-" + task + "/part once-" + task +
           "/pid\n"
           "    exec sleep 600\n"
           "fi\n";
}

TEST(PlanOnSlurm, SurvivesTheDeathOfATaskAndOfANode) {
    Cluster cluster;
    const PlanProcesses plan(rows_wanted());
    plan.before_each_task(wait_once("sketch-2") + wait_once("emit-3"));
    const std::string expected = plan.at_once();
    ASSERT_TRUE(cluster.is_ready());
    Command command = plan.by_plan("slurm", kSlurmTasks, {"--time=30"});
    command.environment.push_back(cluster.environment());
    Running run(command);

    ASSERT_TRUE(wait_for_file(plan.path() / "once-sketch-2/pid"));
    kill(pid_in(plan.path() / "once-sketch-2/pid"), SIGKILL);

    ASSERT_TRUE(wait_for_file(plan.path() / "once-emit-3/pid"));
    std::string node = read_text(plan.path() / "once-emit-3/node");
    node.erase(node.find_last_not_of('\n') + 1);
    const pid_t task = pid_in(plan.path() / "once-emit-3/pid");
    const pid_t step = parent_of(task);
    // A machine that loses power says nothing more: the node's daemon first.
    kill(cluster.daemon_of(node), SIGKILL);
    kill(step, SIGKILL);
    kill(task, SIGKILL);

    const CommandResult result = run.finish(kPatience);
    EXPECT_EQ(result.status, 0) << result.errors;
    EXPECT_TRUE(result.output == expected) << "the bytes of one machine";
    EXPECT_GT(expected.size(), 1000u);
    // One output of each task, so one result, whoever was run twice.
    EXPECT_EQ(plan.outputs().size(), 10u + 1 + 8 + 8 + 8 + 8 + 1);
    EXPECT_THAT(plan.outputs(), ::testing::Contains("finish-0").Times(1));
}

TEST(PlanOnSlurm, SaysWhatATaskFound) {
    Cluster cluster;
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = sketch-0 ] && echo late,1,USD >>bank");
    ASSERT_TRUE(cluster.is_ready());
    Command command = plan.by_plan("slurm", 2);
    command.environment.push_back(cluster.environment());
    Running changed(command);
    const CommandResult result = changed.finish(kPatience);
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("that the plan was made for"));
    EXPECT_EQ(result.output, "");
    // Nothing is left in the queue.
    Command queue{.words = {"squeue", "--noheader"}, .environment = {cluster.environment()}};
    EXPECT_EQ(run(queue).output, "");

    command.words.push_back("--partition=none");
    fs::remove_all(plan.run_folder());
    Running refused(command);
    EXPECT_THAT(refused.finish(kPatience).errors, HasSubstr("expected Slurm to take survey tasks"));
}

TEST(PlanOnSlurm, CancelsWhatItSubmittedWhenItIsStopped) {
    Cluster cluster;
    const PlanProcesses plan(2000);
    plan.before_each_task(wait_once("survey-0"));
    ASSERT_TRUE(cluster.is_ready());
    Command command = plan.by_plan("slurm", 2);
    command.environment.push_back(cluster.environment());
    Running stopped(command);
    ASSERT_TRUE(wait_for_file(plan.path() / "once-survey-0/pid"));
    stopped.send(SIGINT);
    const CommandResult result = stopped.finish(20s);
    EXPECT_EQ(result.status, 3);
    EXPECT_THAT(result.errors, HasSubstr("found that it was stopped"));
    Command queue{.words = {"squeue", "--noheader", "--states=PENDING,RUNNING"},
                  .environment = {cluster.environment()}};
    EXPECT_EQ(run(queue).output, "");
}

}  // namespace
}  // namespace onsite::testing
