// What is in a box and what is not, and what is said when none can be built.
#include <cstdlib>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/command.hpp"
#include "tests/unit/isolation/run.hpp"

namespace onsite {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

TEST(BoxWallsTest, InheritsNoEnvironment) {
    setenv("ONSITE_SECRET", "treasure", 1);
    BoxSpec spec = shell("env");
    spec.environment = {"PATH=/usr/bin", "COLOUR=blue"};
    const std::string output = run(spec).output;
    EXPECT_THAT(output, HasSubstr("COLOUR=blue\n"));
    EXPECT_EQ(output.find("treasure"), std::string::npos);
    EXPECT_EQ(output.find("HOME="), std::string::npos);
}

TEST(BoxWallsTest, InheritsNoDescriptor) {
    const testing::TemporaryFolder folder;
    testing::write_text(folder.path() / "secret", "treasure");
    const int open_on_exec = open((folder.path() / "secret").c_str(), O_RDONLY);
    ASSERT_GE(open_on_exec, 0);
    EXPECT_EQ(run(python("import os; print(os.listdir('/proc/self/fd'))")).output,
              "['0', '1', '2', '3']\n");  // 3 is the folder that is being listed.
    close(open_on_exec);
}

TEST(BoxWallsTest, OpensItsStreamsByName) {
    EXPECT_EQ(run(shell("cat /dev/stdin > /dev/stdout && echo err > /dev/stderr"), "hello").output,
              "hello");
}

TEST(BoxWallsTest, ShowsMountsReadOnlyThoughTheirParentIsClosed) {
    const testing::TemporaryFolder folder;  // Mode 0700.
    const auto program = folder.path() / "program";
    std::filesystem::create_directory(program);
    testing::write_text(program / "a", "in a folder");
    testing::write_text(folder.path() / "feed", "a file");
    BoxSpec spec = shell("cat /subject/a /feeds/ledger; touch /subject/b; rm -f /feeds/ledger");
    spec.mounts = {{program, "/subject"}, {folder.path() / "feed", "/feeds/ledger"}};
    EXPECT_EQ(run(spec).output, "in a foldera file");
    EXPECT_FALSE(std::filesystem::exists(program / "b"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() / "feed"));
}

TEST(BoxWallsTest, IsWritableInTmpOnly) {
    EXPECT_EQ(run(shell("for d in / /usr /etc /dev /proc /tmp /dev/shm; do "
                        "touch $d/x 2>/dev/null && echo $d; done"))
                  .output,
              "/tmp\n/dev/shm\n");
}

TEST(BoxWallsTest, NamesAMountThatDoesNotExist) {
    SystemClock clock;
    BoxSpec spec = shell("true");
    spec.mounts = {{"/no/such/folder", "/subject"}};
    const auto box = Box::start(spec, clock);
    ASSERT_FALSE(box);
    EXPECT_EQ(box.error().kind, ErrorKind::tool);
    EXPECT_THAT(box.error().message, HasSubstr("/no/such/folder"));
}

TEST(BoxWallsTest, WantsACommand) {
    SystemClock clock;
    EXPECT_FALSE(Box::start({.command = {}}, clock));
    EXPECT_FALSE(Box::start({.command = {"cat"}}, clock));
}

TEST(BoxWallsTest, TellsWhatToInstallWhenBubblewrapIsMissing) {
    const std::string path = std::getenv("PATH");
    setenv("PATH", "/no/such/folder", 1);
    SystemClock clock;
    const auto box = Box::start(shell("true"), clock);
    const IsolationReport probe = probe_isolation(clock);
    setenv("PATH", path.c_str(), 1);
    ASSERT_FALSE(box);
    EXPECT_THAT(box.error().message, HasSubstr("apt-get install bubblewrap"));
    EXPECT_EQ(probe.level, IsolationLevel::none);
    EXPECT_EQ(probe.layers, LayerSet::none());
    EXPECT_THAT(probe.notes, Contains(HasSubstr("apt-get install bubblewrap")));
}

TEST(BoxWallsTest, PassesOnWhatBubblewrapSays) {
    const testing::TemporaryFolder folder;
    testing::write_text(folder.path() / "bwrap",
                        "#!/bin/sh\necho 'bwrap: No permissions to create new namespace' >&2\n"
                        "exit 1\n");
    std::filesystem::permissions(folder.path() / "bwrap", std::filesystem::perms(0755));
    chmod(folder.path().c_str(), 0755);
    const std::string path = std::getenv("PATH");
    setenv("PATH", folder.path().c_str(), 1);
    SystemClock clock;
    const auto box = Box::start(shell("true"), clock);
    setenv("PATH", path.c_str(), 1);
    ASSERT_FALSE(box);
    EXPECT_EQ(box.error().kind, ErrorKind::tool);
    EXPECT_THAT(box.error().message, HasSubstr("No permissions to create new namespace"));
    EXPECT_THAT(box.error().message, HasSubstr("kernel.unprivileged_userns_clone"));
}

TEST(BoxWallsTest, ProbesByTrying) {
    SystemClock clock;
    const IsolationReport probe = probe_isolation(clock);
    EXPECT_NE(probe.level, IsolationLevel::none);
    EXPECT_TRUE(probe.layers.has(Layer::files));
    EXPECT_THAT(probe.notes, Contains(HasSubstr("memory: ")));
}

TEST(BoxWallsTest, CallsAnUnsafeBoxNoIsolation) {
    for (const Layer layer : {Layer::files, Layer::network, Layer::processes, Layer::cpu}) {
        BoxSpec spec = shell("true");
        spec.layers = spec.layers.without(layer);
        const IsolationReport report = run(spec).isolation;
        EXPECT_FALSE(report.layers.has(layer));
        EXPECT_EQ(report.level,
                  layer == Layer::cpu ? IsolationLevel::reduced : IsolationLevel::none);
        EXPECT_THAT(report.notes, Contains(std::string(to_string(layer)) + ": off, switched off"));
    }
}

// Runs in a child process that becomes an ordinary user; the exit status is the number of the first
// expectation that did not hold.
int check_as_ordinary_user() {
    if (setgid(65534) != 0 || setuid(65534) != 0) return 1;
    SystemClock clock;
    BoxSpec spec = python(
        "import os, time\nn = 0\n"
        "try:\n  for i in range(40):\n    n += 1\n    if os.fork() == 0: time.sleep(20)\n"
        "except OSError: print('forks', n < 40)\n"
        "try: x = bytearray(300 << 20)\n"
        "except MemoryError: print('memory')\n");
    spec.limits.memory_bytes = 100 * kMiB;
    spec.limits.processes = 10;
    const auto result = run_in_box(spec, "", clock);
    if (!result) return 2;
    if (result->output != "forks True\nmemory\n") return 3;
    if (result->isolation.layers != LayerSet::all().without(Layer::uid)) return 4;
    return result->isolation.level == IsolationLevel::reduced ? 0 : 5;
}

TEST(BoxWallsTest, HoldsByWeakerMeansForAnOrdinaryUser) {
    if (geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
    const pid_t child = fork();
    if (child == 0) _exit(check_as_ordinary_user());
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace onsite
