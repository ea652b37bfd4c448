// The layers that keep a submission from using up the machine: memory, count, file_size and output.
// See attack.hpp for the method.
#include "tests/hostile/controls/attack.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

// memory ------------------------------------------------------------------------------------------

BoxSpec eats_300_megabytes() {
    BoxSpec spec = script(
        "x = bytearray(300 << 20)\n"
        "for i in range(0, len(x), 4096): x[i] = 1\n"
        "print('GOT IN')");
    spec.limits.memory_bytes = 100 * kMiB;
    return spec;
}

TEST(MemoryControl, OnItEndsAGreedyProcess) {
    const BoxResult result = attack(eats_300_megabytes());
    EXPECT_FALSE(got_in(result));
    EXPECT_TRUE(result.report.ending == Ending::memory ||
                result.report.stderr_tail.find("MemoryError") != std::string::npos);
}

TEST(MemoryControl, OffItFeedsAGreedyProcess) {
    EXPECT_TRUE(got_in(attack(without(eats_300_megabytes(), Layer::memory))));
}

// The sum counts, not what each process has.
BoxSpec eats_with_six_processes() {
    BoxSpec spec = script(
        "import os, time\n"
        "for n in range(6):\n"
        "  if os.fork() == 0:\n"
        "    x = bytearray(30 << 20)\n"
        "    for i in range(0, len(x), 4096): x[i] = 1\n"
        "    time.sleep(0.5)\n"
        "    os._exit(0)\n"
        "if all(os.wait()[1] == 0 for n in range(6)): print('GOT IN')\n"
        "else: raise SystemExit(1)");
    spec.limits.memory_bytes = 100 * kMiB;
    return spec;
}

TEST(MemoryControl, OnItCountsAllProcessesTogether) {
    const BoxResult result = attack(eats_with_six_processes());
    if (result.isolation.level != IsolationLevel::full) {
        GTEST_SKIP() << "RLIMIT_DATA holds for each process by itself; the sum needs a cgroup";
    }
    EXPECT_FALSE(got_in(result));
    EXPECT_EQ(result.report.ending, Ending::memory);
}

TEST(MemoryControl, OffItFeedsAllProcesses) {
    EXPECT_TRUE(got_in(attack(without(eats_with_six_processes(), Layer::memory))));
}

// count -------------------------------------------------------------------------------------------

BoxSpec forks_100_times() {
    BoxSpec spec = script(
        "import os, signal\n"
        "children = []\n"
        "try:\n"
        "  for n in range(100):\n"
        "    child = os.fork()\n"
        "    if child == 0: signal.pause()\n"
        "    children.append(child)\n"
        "except OSError: pass\n"
        "print(len(children), 'GOT IN' if len(children) == 100 else '')\n"
        "for child in children: os.kill(child, signal.SIGKILL)");
    spec.limits.processes = 20;
    return spec;
}

TEST(CountControl, OnItStopsAForkBomb) {
    const BoxResult result = attack(forks_100_times());
    EXPECT_FALSE(got_in(result));
    EXPECT_EQ(result.output, "19 \n");  // And the one that forks.
}

TEST(CountControl, OnItStopsAForkBombThoughItIsRoot) {
    // The kernel exempts root from RLIMIT_NPROC; the control group holds.
    const BoxResult result = attack(without(forks_100_times(), Layer::uid));
    if (!result.isolation.layers.has(Layer::count)) {
        EXPECT_THAT(result.isolation.notes,
                    ::testing::Contains("count: off, root without a pids cgroup"));
        return;
    }
    EXPECT_FALSE(got_in(result));
}

TEST(CountControl, OffItAllowsAForkBomb) {
    EXPECT_TRUE(got_in(attack(without(forks_100_times(), Layer::count))));
}

// file_size ---------------------------------------------------------------------------------------

BoxSpec writes_a_70_megabyte_file() {
    BoxSpec spec = script(
        "with open('/tmp/large', 'wb') as file:\n"
        "  for n in range(70): file.write(bytes(1 << 20))\n"
        "print('GOT IN')");
    spec.limits.tmp_bytes = 100 * kMiB;
    spec.limits.file_bytes = 64 * kMiB;
    return spec;
}

TEST(FileSizeControl, OnItStopsALargeFile) {
    EXPECT_FALSE(got_in(attack(writes_a_70_megabyte_file())));
}

TEST(FileSizeControl, OffItAllowsALargeFile) {
    EXPECT_TRUE(got_in(attack(without(writes_a_70_megabyte_file(), Layer::file_size))));
}

// output ------------------------------------------------------------------------------------------

BoxSpec prints_5_megabytes(const char* stream) {
    BoxSpec spec = script(std::string("import sys\nfor n in range(5): sys.") + stream +
                          ".write('x' * (1 << 20))\nprint('GOT IN')");
    spec.limits.stdout_bytes = 1 * kMiB;
    spec.limits.stderr_bytes = 1 * kMiB;
    return spec;
}

TEST(OutputControl, OnItStopsAFlood) {
    for (const char* stream : {"stdout", "stderr"}) {
        const BoxResult result = attack(prints_5_megabytes(stream));
        EXPECT_FALSE(got_in(result)) << stream;
        EXPECT_EQ(result.report.ending, Ending::output) << stream;
        EXPECT_LE(result.output.size(), 1 * kMiB) << stream;
    }
}

TEST(OutputControl, OffItTakesAFlood) {
    for (const char* stream : {"stdout", "stderr"}) {
        EXPECT_TRUE(got_in(attack(without(prints_5_megabytes(stream), Layer::output)))) << stream;
    }
}

}  // namespace
}  // namespace onsite
