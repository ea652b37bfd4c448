// The layers that keep a submission away from what is not its own: uid, files, network, processes
// and syscalls. See attack.hpp for the method.
#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "tests/hostile/controls/attack.hpp"
#include "tests/support/command.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// uid ---------------------------------------------------------------------------------------------

// bwrap --uid of root only renames root: the file would be readable although id says 1000.
class UidControl : public ::testing::Test {
protected:
    void SetUp() override {
        if (geteuid() != 0) GTEST_SKIP() << "needs root: there is no other user id to drop to";
        testing::write_text(folder_.path() / "secret", "GOT IN");
        chmod((folder_.path() / "secret").c_str(), 0600);
        spec_ = script("import os; assert os.getuid() == 1000; print(open('/secret').read())");
        spec_.mounts = {{folder_.path() / "secret", "/secret"}};
    }

    testing::TemporaryFolder folder_;
    BoxSpec spec_;
};

TEST_F(UidControl, OnItHidesFilesOfRoot) { EXPECT_FALSE(got_in(attack(spec_))); }

TEST_F(UidControl, OffItShowsFilesOfRoot) {
    const BoxResult result = attack(without(spec_, Layer::uid));
    EXPECT_TRUE(got_in(result));
    EXPECT_EQ(result.isolation.level, IsolationLevel::none);
}

// files -------------------------------------------------------------------------------------------

class FilesControl : public ::testing::Test {
protected:
    void SetUp() override {
        chmod(folder_.path().c_str(), 0777);
        testing::write_text(folder_.path() / "solution", "GOT IN");
    }
    BoxSpec reader() {
        return script(fmt::format("print(open('{}/solution').read())", folder_.path().string()));
    }
    BoxSpec writer() {
        return script(fmt::format("open('{}/left', 'w').write('x')", folder_.path().string()));
    }
    bool was_left() { return fs::exists(folder_.path() / "left"); }

    testing::TemporaryFolder folder_;  // In /tmp, open to everybody.
};

TEST_F(FilesControl, OnItHidesTheHost) {
    EXPECT_FALSE(got_in(attack(reader())));
    attack(writer());
    EXPECT_FALSE(was_left());
}

TEST_F(FilesControl, OffItShowsTheHostAndKeepsWhatIsLeftThere) {
    EXPECT_TRUE(got_in(attack(without(reader(), Layer::files))));
    attack(without(writer(), Layer::files));
    EXPECT_TRUE(was_left());
}

// network -----------------------------------------------------------------------------------------

// A service of the host on its loopback, as a leftover reference server would be.
class NetworkControl : public ::testing::Test {
protected:
    void SetUp() override {
        listener_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ASSERT_EQ(bind(listener_, reinterpret_cast<sockaddr*>(&address), size), 0);
        ASSERT_EQ(listen(listener_, 1), 0);
        ASSERT_EQ(getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size), 0);
        spec_ =
            script(fmt::format("import socket\n"
                               "socket.create_connection(('127.0.0.1', {}), 2)\n"
                               "print('GOT IN')",
                               ntohs(address.sin_port)));
    }
    void TearDown() override { close(listener_); }

    int listener_ = -1;
    BoxSpec spec_;
};

TEST_F(NetworkControl, OnItHasNoRouteToTheHost) { EXPECT_FALSE(got_in(attack(spec_))); }

TEST_F(NetworkControl, OffItReachesTheHost) {
    EXPECT_TRUE(got_in(attack(without(spec_, Layer::network))));
}

// processes ---------------------------------------------------------------------------------------

class ProcessesControl : public ::testing::Test {
protected:
    void SetUp() override {
        victim_ = fork();
        if (victim_ == 0) {
            pause();
            _exit(0);
        }
        spec_ = script(fmt::format("print(open('/proc/{}/status').read() and 'GOT IN')", victim_));
    }
    void TearDown() override {
        kill(victim_, SIGKILL);
        waitpid(victim_, nullptr, 0);
    }

    pid_t victim_ = -1;
    BoxSpec spec_;
};

TEST_F(ProcessesControl, OnItHidesOtherProcesses) { EXPECT_FALSE(got_in(attack(spec_))); }

TEST_F(ProcessesControl, OffItShowsOtherProcesses) {
    EXPECT_TRUE(got_in(attack(without(spec_, Layer::processes))));
}

TEST_F(ProcessesControl, OnItKeepsSignalsInside) {
    // With the user id of the grader, only this layer is between a submission and the grader.
    spec_ = script(fmt::format("import os, signal; os.kill({}, signal.SIGUSR1)", victim_));
    attack(without(spec_, Layer::uid));
    EXPECT_EQ(waitpid(victim_, nullptr, WNOHANG), 0);  // Still there.
}

TEST_F(ProcessesControl, OffItEndsOtherProcesses) {
    spec_ = script(fmt::format("import os, signal; os.kill({}, signal.SIGUSR1)", victim_));
    attack(without(without(spec_, Layer::uid), Layer::processes));
    int status = 0;
    ASSERT_EQ(waitpid(victim_, &status, 0), victim_);
    EXPECT_EQ(WTERMSIG(status), SIGUSR1);
}

// syscalls ----------------------------------------------------------------------------------------

struct Call {
    const char* name;
    const char* code;  // Python that sets `result`: negative when the call was refused.
};
constexpr Call kCalls[] = {
    {"TracesItself", "result = libc.ptrace(0, 0, 0, 0)"},
    {"MakesAUserNamespace", "result = libc.unshare(0x10000000)"},
    {"ForksIntoAUserNamespace", "result = libc.syscall(arm or 56, 0x10000011, 0, 0, 0, 0)"},
    {"ReachesForKeyrings", "result = libc.syscall(250 if not arm else 219, 0, -3, 1)"},
};

BoxSpec calls(const Call& call) {
    return script(
        fmt::format("import ctypes, os\n"
                    "libc = ctypes.CDLL(None, use_errno=True)\n"
                    "arm = 220 if os.uname().machine == 'aarch64' else 0\n"
                    "{}\n"
                    "print('GOT IN' if result >= 0 else os.strerror(ctypes.get_errno()))",
                    call.code));
}

class SyscallsControl : public ::testing::TestWithParam<Call> {};

TEST_P(SyscallsControl, OnItRefusesTheCall) {
    EXPECT_EQ(attack(calls(GetParam())).output, "Operation not permitted\n");
}

TEST_P(SyscallsControl, OffItAllowsTheCall) {
    EXPECT_TRUE(got_in(attack(without(calls(GetParam()), Layer::syscalls))));
}

std::string name_of(const ::testing::TestParamInfo<Call>& info) { return info.param.name; }
INSTANTIATE_TEST_SUITE_P(Calls, SyscallsControl, ::testing::ValuesIn(kCalls), name_of);

// AF_VSOCK reaches the hypervisor past every network namespace; not every machine has it.
TEST(SocketFamilyControl, OnlyTheLayerRefusesSocketsOfTheHypervisor) {
    const BoxSpec spec = script(
        "import socket\n"
        "try: socket.socket(40, socket.SOCK_STREAM); print('made')\n"
        "except PermissionError: print('refused')\n"
        "except OSError: print('unknown here')");
    EXPECT_EQ(attack(spec).output, "refused\n");
    EXPECT_NE(attack(without(spec, Layer::syscalls)).output, "refused\n");
}

}  // namespace
}  // namespace onsite
