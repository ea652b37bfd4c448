// A box leaves nothing behind: no process, no control group, no memory in the grader. Its price in
// time is printed.
#include <algorithm>
#include <cstdio>
#include <dirent.h>
#include <fstream>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/support/command.hpp"
#include "tests/unit/isolation/run.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// How many processes of the whole machine have this word in their command line.
int processes_with(const std::string& word) {
    int count = 0;
    for (const auto& entry : fs::directory_iterator("/proc")) {
        // Of a process that ends meanwhile it stays empty; an iterator over the file would throw.
        std::ostringstream line;
        line << std::ifstream(entry.path() / "cmdline").rdbuf();
        count += line.str().find(word) != std::string::npos ? 1 : 0;
    }
    return count;
}

// How many control groups of this test are there.
int own_cgroups() {
    const std::string prefix = fmt::format("{}-", getpid());
    int count = 0;
    std::error_code ignored;
    for (const auto& hierarchy : fs::directory_iterator("/sys/fs/cgroup", ignored)) {
        for (const fs::path& parent : {hierarchy.path() / "onsite", hierarchy.path()}) {
            for (const auto& group : fs::directory_iterator(parent, ignored)) {
                count += group.path().filename().string().starts_with(prefix) ? 1 : 0;
            }
        }
    }
    return count;
}

std::int64_t resident_bytes() {
    std::int64_t pages = 0;
    std::ifstream("/proc/self/statm") >> pages >> pages;
    return pages * sysconf(_SC_PAGESIZE);
}

std::int64_t patiently(Clock& clock) { return clock.monotonic_ns() + kAmpleMs * 1'000'000; }

// A process that leaves its parent, its session and its group, says that it runs, and stays.
BoxSpec daemon_with(const std::string& word) {
    BoxSpec spec = python(
        "import os, sys, time\n"
        "if os.fork() == 0:\n"
        "  os.setsid()\n"
        "  if os.fork() == 0:\n"
        "    print('daemon', flush=True)\n"
        "    time.sleep(60)\n"
        "os.wait() if len(sys.argv) > 2 else time.sleep(60)\n");
    spec.command.push_back(word);
    return spec;
}

TEST(BoxTracesTest, EndsADaemonWithItsBox) {
    SystemClock clock;
    const std::string word = fmt::format("daemon-of-{}", getpid());
    auto box = Box::start(daemon_with(word), clock);
    ASSERT_TRUE(box) << box.error().message;
    EXPECT_EQ((*box)->read_line(patiently(clock)).text, "daemon");
    EXPECT_GT(processes_with(word), 0);
    (*box)->finish();
    EXPECT_EQ(processes_with(word), 0);
}

TEST(BoxTracesTest, EndsADaemonWhenItsParentEndsWell) {
    SystemClock clock;
    const std::string word = fmt::format("orphan-of-{}", getpid());
    BoxSpec spec = shell("setsid sh -c 'sleep 60; : " + word + "' & echo started");
    const BoxResult result = run(spec);
    EXPECT_EQ(result.output, "started\n");
    EXPECT_EQ(result.report.ending, Ending::exited);
    EXPECT_EQ(processes_with(word), 0);
}

TEST(BoxTracesTest, EndsWithItsGrader) {
    // A grader that is ended by force cannot clean up; what it started ends all the same.
    const std::string word = fmt::format("widow-of-{}", getpid());
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t grader = fork();
    if (grader == 0) {
        SystemClock clock;
        auto box = Box::start(daemon_with(word), clock);
        if (box) (*box)->read_line(patiently(clock));
        [[maybe_unused]] const ssize_t sent = write(ends[1], "r", 1);
        pause();
    }
    char byte = 0;
    ASSERT_EQ(read(ends[0], &byte, 1), 1);
    EXPECT_GT(processes_with(word), 0);
    kill(grader, SIGKILL);
    waitpid(grader, nullptr, 0);
    SystemClock clock;
    const std::int64_t end_ns = patiently(clock);
    while (processes_with(word) > 0 && clock.monotonic_ns() < end_ns) {
    }
    EXPECT_EQ(processes_with(word), 0);
    close(ends[0]);
    close(ends[1]);
}

TEST(BoxTracesTest, LeavesNothingAfterFiftyRuns) {
    SystemClock clock;
    std::vector<double> ms;
    for (int i = 0; i < 50; ++i) {
        const std::int64_t before_ns = clock.monotonic_ns();
        {
            auto box = Box::start({.command = {"/bin/true"}}, clock);
            ASSERT_TRUE(box) << box.error().message;
            (*box)->read_all();
            ASSERT_EQ((*box)->finish().ending, Ending::exited);
        }
        ms.push_back(static_cast<double>(clock.monotonic_ns() - before_ns) / 1e6);
    }
    EXPECT_EQ(own_cgroups(), 0);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);  // No child, alive or dead.
    std::ranges::sort(ms);
    fmt::print("a box for /bin/true: {:.1f} ms at best, p50 {:.1f} ms, p95 {:.1f} ms\n", ms[0],
               ms[25], ms[47]);
    std::fflush(stdout);
}

TEST(BoxTracesTest, LeavesNothingAfterFailures) {
    SystemClock clock;
    BoxSpec spec = shell("sleep 60");
    spec.limits.wall_ms = 50;
    EXPECT_EQ(run(spec).report.ending, Ending::wall);
    spec.limits.wall_ms = kAmpleMs;
    {
        auto box = Box::start(spec, clock);  // Never finished, only dropped.
        ASSERT_TRUE(box) << box.error().message;
        if (geteuid() == 0 && (*box)->isolation().level == IsolationLevel::full) {
            EXPECT_GT(own_cgroups(), 0);
        }
    }
    EXPECT_EQ(own_cgroups(), 0);
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(BoxTracesTest, KeepsTheGraderSmallInAFlood) {
    constexpr std::int64_t kGrowthMax = 24 << 20;
    BoxSpec spec = shell("head -c 300000000 /dev/zero");
    spec.limits.stdout_bytes = 1 * kMiB;
    const std::int64_t before = resident_bytes();
    EXPECT_EQ(run(spec).report.ending, Ending::output);
    EXPECT_LT(resident_bytes() - before, kGrowthMax);

    spec = shell("head -c 300000000 /dev/zero >&2");
    spec.layers = spec.layers.without(Layer::output);
    const BoxReport report = run(spec).report;
    EXPECT_EQ(report.ending, Ending::exited);
    EXPECT_LE(report.stderr_tail.size(), kStderrTailBytes);
    EXPECT_LT(resident_bytes() - before, kGrowthMax);
}

}  // namespace
}  // namespace onsite
