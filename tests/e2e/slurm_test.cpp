// A plan on a Slurm cluster of two nodes that really runs, on loopback (slurm_cluster.sh). A task
// is killed in the middle and a node dies in the middle; what is found is what one machine finds.
//
// ONSITE_SLURM_ROWS=10000000 makes it as large as the issue wants it.
#include <cstdlib>
#include <fstream>
#include <signal.h>

#include "tests/e2e/onsite.hpp"
#include "tests/e2e/plan_processes.hpp"

namespace onsite::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::Ge;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

constexpr std::uint64_t kDefaultRows = 300'000;
constexpr int kSlurmTasks = 8;
constexpr int kRejectedRows = 4;  // The status of a whole run of these feeds.
constexpr std::chrono::seconds kPatience = 240s;

std::uint64_t rows_wanted() {
    const char* const wanted = std::getenv("ONSITE_SLURM_ROWS");
    return wanted == nullptr ? kDefaultRows : std::strtoull(wanted, nullptr, 10);
}

bool is_there_soon(const fs::path& file) {
    return wait_until([&] { return fs::exists(file); }, kPatience);
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
    ASSERT_TRUE(cluster.is_ready());
    Command command = plan.by_plan(kSlurmTasks, {"--slurm", "--sbatch=--time=30"});
    command.environment.push_back(cluster.environment());
    Running run(command);

    ASSERT_TRUE(is_there_soon(plan.path() / "once-sketch-2/pid"));
    kill(pid_in(plan.path() / "once-sketch-2/pid"), SIGKILL);

    ASSERT_TRUE(is_there_soon(plan.path() / "once-emit-3/pid"));
    std::string node = read_text(plan.path() / "once-emit-3/node");
    node.erase(node.find_last_not_of('\n') + 1);
    const pid_t task = pid_in(plan.path() / "once-emit-3/pid");
    const pid_t step = parent_of(task);
    // A machine that loses power says nothing more: the node's daemon first.
    kill(cluster.daemon_of(node), SIGKILL);
    kill(step, SIGKILL);
    kill(task, SIGKILL);

    const CommandResult result = run.finish(kPatience);
    EXPECT_EQ(result.status, kRejectedRows) << result.errors;
    EXPECT_TRUE(plan.results() == plan.at_once()) << "the bytes of one machine";
    EXPECT_GT(plan.results().size(), 1000u);
    EXPECT_EQ(plan.recorded_runs(), 1);
    EXPECT_THAT(plan.started(), Contains("sketch-2").Times(2));
    EXPECT_THAT(plan.started(), Contains("emit-3").Times(Ge(2)));
    EXPECT_FALSE(plan.has_run_folder());
}

TEST(PlanOnSlurm, SaysWhatATaskFound) {
    Cluster cluster;
    const PlanProcesses plan(2000);
    plan.before_each_task("[ $3-$4 = sketch-0 ] && echo late,1,USD >>bank");
    ASSERT_TRUE(cluster.is_ready());
    Command command = plan.by_plan(2, {"--slurm"});
    command.environment.push_back(cluster.environment());
    Running changed(command);
    const CommandResult result = changed.finish(kPatience);
    EXPECT_EQ(result.status, 2);
    EXPECT_THAT(result.errors, HasSubstr("that the plan was made for"));
    EXPECT_EQ(result.output, "");
    // Nothing is left in the queue.
    Command queue{.words = {"squeue", "--noheader"}, .environment = {cluster.environment()}};
    EXPECT_EQ(run(queue).output, "");

    command.words.push_back("--sbatch=--partition=none");
    fs::remove_all(plan.path() / "shared");
    Running refused(command);
    EXPECT_THAT(refused.finish(kPatience).errors, HasSubstr("expected Slurm to take survey tasks"));
}

TEST(PlanOnSlurm, CancelsWhatItSubmittedWhenItIsStopped) {
    Cluster cluster;
    const PlanProcesses plan(2000);
    plan.before_each_task(wait_once("survey-0"));
    ASSERT_TRUE(cluster.is_ready());
    Command command = plan.by_plan(2, {"--slurm"});
    command.environment.push_back(cluster.environment());
    Running stopped(command);
    ASSERT_TRUE(is_there_soon(plan.path() / "once-survey-0/pid"));
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
