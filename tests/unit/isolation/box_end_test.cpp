// A box says truthfully how its command ended. Each test ends one in one way.
#include <csignal>

#include "harness/isolation/box.hpp"
#include "tests/unit/isolation/run.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

TEST(BoxEndTest, ReportsTheExitStatus) {
    EXPECT_EQ(run(shell("exit 0")).report.ending, Ending::exited);
    const BoxReport report = run(shell("exit 7")).report;
    EXPECT_EQ(report.ending, Ending::exited);
    EXPECT_EQ(report.status, 7);
    EXPECT_GT(report.wall_ns, 0);
}

TEST(BoxEndTest, ReportsTheSignal) {
    const BoxReport report = run(shell("kill -SEGV $$")).report;
    EXPECT_EQ(report.ending, Ending::signalled);
    EXPECT_EQ(report.status, SIGSEGV);
}

TEST(BoxEndTest, ReportsACommandThatIsNotThere) {
    const BoxReport report = run({.command = {"/no/such/program"}}).report;
    EXPECT_EQ(report.ending, Ending::exited);
    EXPECT_EQ(report.status, 127);
    EXPECT_THAT(report.stderr_tail, HasSubstr("/no/such/program"));
}

TEST(BoxEndTest, EndsAtTheWallClockLimit) {
    BoxSpec spec = shell("trap '' TERM INT HUP; sleep 60");
    spec.limits.wall_ms = 200;
    const BoxReport report = run(spec).report;
    EXPECT_EQ(report.ending, Ending::wall);
    EXPECT_GE(report.wall_ns, 200'000'000);
    EXPECT_LT(report.wall_ns, 30'000'000'000);  // Not the sixty seconds of the command.
}

TEST(BoxEndTest, EndsAtTheWallClockLimitThoughItsOutputIsClosed) {
    BoxSpec spec = shell("exec >&- 2>&-; sleep 60");
    spec.limits.wall_ms = 200;
    EXPECT_EQ(run(spec).report.ending, Ending::wall);
}

TEST(BoxEndTest, EndsAStoppedProcessAtTheWallClockLimit) {
    BoxSpec spec = shell("kill -STOP $$");
    spec.limits.wall_ms = 200;
    EXPECT_EQ(run(spec).report.ending, Ending::wall);
}

TEST(BoxEndTest, EndsAtTheCpuLimit) {
    BoxSpec spec = shell("while :; do :; done");
    spec.limits.cpu_seconds = 1;
    EXPECT_EQ(run(spec).report.ending, Ending::cpu);
}

TEST(BoxEndTest, CountsTheCpuTimeOfShortLivedChildren) {
    // No child comes near the limit by itself.
    BoxSpec spec = shell("while :; do (i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done); done");
    spec.limits.cpu_seconds = 1;
    const BoxResult result = run(spec);
    const std::vector<std::string>& notes = result.isolation.notes;
    if (std::ranges::find(notes, "cpu: RLIMIT_CPU, for each process by itself") != notes.end()) {
        GTEST_SKIP() << "no cgroup on this machine counts the CPU time of all processes";
    }
    EXPECT_EQ(result.report.ending, Ending::cpu);
}

TEST(BoxEndTest, EndsAtTheMemoryLimit) {
    BoxSpec spec = python("x = bytearray(200 << 20); x[::4096] = x[::4096]");
    spec.limits.memory_bytes = 64 * kMiB;
    const BoxResult result = run(spec);
    if (result.isolation.level != IsolationLevel::full) {
        EXPECT_THAT(result.report.stderr_tail, HasSubstr("MemoryError"));
        return;
    }
    EXPECT_EQ(result.report.ending, Ending::memory);
}

TEST(BoxEndTest, EndsAtTheStdoutLimit) {
    BoxSpec spec = shell("yes");
    spec.limits.stdout_bytes = 100'000;
    const BoxResult result = run(spec);
    EXPECT_EQ(result.report.ending, Ending::output);
    EXPECT_EQ(result.output.size(), 100'000u);
}

TEST(BoxEndTest, AllowsExactlyTheStdoutLimit) {
    BoxSpec spec = shell("head -c 100000 /dev/zero");
    spec.limits.stdout_bytes = 100'000;
    const BoxResult result = run(spec);
    EXPECT_EQ(result.report.ending, Ending::exited);
    EXPECT_EQ(result.output.size(), 100'000u);
}

TEST(BoxEndTest, EndsAtTheStderrLimit) {
    BoxSpec spec = shell("yes >&2");
    spec.limits.stderr_bytes = 100'000;
    const BoxReport report = run(spec).report;
    EXPECT_EQ(report.ending, Ending::output);
    EXPECT_LE(report.stderr_tail.size(), kStderrTailBytes);
    EXPECT_GT(report.stderr_tail.size(), kStderrTailBytes / 2);
}

TEST(BoxEndTest, EndsAtTheFileSizeLimit) {
    BoxSpec spec = shell("head -c 2000000 /dev/zero > /tmp/large");
    spec.limits.file_bytes = 1'000'000;
    EXPECT_NE(run(spec).report.status, 0);
    spec.limits.file_bytes = 3'000'000;
    EXPECT_EQ(run(spec).report.status, 0);
}

TEST(BoxEndTest, LimitsAllFilesInTmpTogether) {
    BoxSpec spec = shell("for i in 1 2 3 4; do head -c 400000 /dev/zero > /tmp/$i || exit 5; done");
    spec.limits.tmp_bytes = 1'000'000;
    EXPECT_EQ(run(spec).report.status, 5);
    spec.limits.tmp_bytes = 2'000'000;
    EXPECT_EQ(run(spec).report.status, 0);
}

TEST(BoxEndTest, IsCancelledWhenTheCallerFinishesFirst) {
    SystemClock clock;
    auto box = Box::start(shell("sleep 60"), clock);
    ASSERT_TRUE(box) << box.error().message;
    const BoxReport report = (*box)->finish();
    EXPECT_EQ(report.ending, Ending::cancelled);
    EXPECT_EQ((*box)->finish().wall_ns, report.wall_ns);
}

TEST(BoxEndTest, KeepsTheLastWordsAndEscapesThem) {
    const BoxReport report =
        run(shell("head -c 20000 /dev/zero | tr '\\0' x >&2; printf '\\033[2Jlast\\377' >&2"))
            .report;
    EXPECT_EQ(report.ending, Ending::exited);
    EXPECT_LE(report.stderr_tail.size(), kStderrTailBytes);
    EXPECT_TRUE(report.stderr_tail.ends_with("xx\\x1b[2Jlast\\xff"));
}

}  // namespace
}  // namespace onsite
