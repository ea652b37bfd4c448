#include "harness/isolation/child.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "harness/isolation/command_line.hpp"

namespace onsite {
namespace {

// What the child does before it becomes the program; named when it fails.
enum class Step { signals, cgroup, stage, limits, descriptors, user, program };

std::string_view advice_for(Step step) {
    switch (step) {
        case Step::signals:
        case Step::limits:
        case Step::descriptors:
            return "set up its process; check ulimit -n";
        case Step::cgroup:
            return "enter its control group; run the command again";
        case Step::stage:
            return "mount its folders; run Onsite as an ordinary user, or as root with the "
                   "capability CAP_SYS_ADMIN";
        case Step::user:
            return "become an unprivileged user; run Onsite as an ordinary user, or as root with "
                   "the capabilities CAP_SETUID and CAP_SETGID";
        case Step::program:
            return "start bubblewrap; install it (apt-get install bubblewrap)";
    }
    std::abort();
}

struct Failure {
    Step step;
    int error;
};

struct Pipe {
    Descriptor reader;
    Descriptor writer;
};

constexpr int kPipeBytes = 1 << 20;  // Fewer wake-ups for feeds of many megabytes.

Pipe make_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {};
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void do_not_block(const Descriptor& end) { fcntl(end.get(), F_SETFL, O_NONBLOCK); }

// Everything that the child needs, allocated before fork.
struct Plan {
    explicit Plan(const ChildSpec& wanted) : spec(&wanted) {
        arguments.push_back(const_cast<char*>(wanted.program.c_str()));
        for (const auto& text : wanted.arguments) {
            arguments.push_back(const_cast<char*>(text.c_str()));
        }
        arguments.push_back(nullptr);
        for (const auto& text : wanted.environment) {
            environment.push_back(const_cast<char*>(text.c_str()));
        }
        environment.push_back(nullptr);
    }

    const ChildSpec* spec;
    std::vector<char*> arguments;
    std::vector<char*> environment;
    std::array<int, kSyscallsFd + 1> descriptors{};  // What becomes descriptor 0, 1, 2, ...
    int failure_fd = -1;
    pid_t grader = -1;
};

bool reset_signals() {
    for (int number = 1; number < NSIG; ++number) std::signal(number, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    // A session of its own: Ctrl-C reaches the grader, which then ends the box.
    return sigprocmask(SIG_SETMASK, &none, nullptr) == 0 && setsid() >= 0;
}

bool enter_cgroups(const std::vector<int>& entries) {
    for (const int entry : entries) {
        if (write(entry, "0", 1) != 1) return false;
    }
    return true;
}

bool set_limits(const std::vector<ResourceLimit>& limits) {
    for (const ResourceLimit& wanted : limits) {
        rlimit now{};
        if (getrlimit(wanted.resource, &now) != 0) return false;
        const rlimit limit{.rlim_cur = std::min(wanted.soft, now.rlim_max),
                           .rlim_max = std::min(wanted.hard, now.rlim_max)};
        if (setrlimit(wanted.resource, &limit) != 0) return false;
    }
    umask(022);
    return true;
}

bool place_descriptors(Plan& plan) {
    // First out of the way of each other, then to their places; everything else closes on exec.
    const int above = kSyscallsFd + 1;
    plan.failure_fd = fcntl(plan.failure_fd, F_DUPFD_CLOEXEC, above);
    for (int& fd : plan.descriptors) {
        if (fd >= 0) fd = fcntl(fd, F_DUPFD_CLOEXEC, above);
    }
    if (close_range(0, kSyscallsFd, 0) != 0) return false;
    for (int place = 0; place <= kSyscallsFd; ++place) {
        const int fd = plan.descriptors[static_cast<std::size_t>(place)];
        if (fd >= 0 && dup2(fd, place) != place) return false;
    }
    return close_range(static_cast<unsigned>(above), ~0U, CLOSE_RANGE_CLOEXEC) == 0;
}

bool become(const Plan& plan) {
    if (plan.spec->user) {
        const uid_t user = *plan.spec->user;
        if (setgroups(0, nullptr) != 0 || setresgid(user, user, user) != 0 ||
            setresuid(user, user, user) != 0) {
            return false;
        }
    }
    // The grader's death is ours too, even when it died a moment ago.
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == plan.grader;
}

// Returns the step that failed, or not at all.
Step become_program(Plan& plan) {
    if (!reset_signals()) return Step::signals;
    if (!enter_cgroups(plan.spec->cgroup_entries)) return Step::cgroup;
    if (!stage_mounts(plan.spec->stage)) return Step::stage;
    if (!place_descriptors(plan)) return Step::descriptors;
    if (!set_limits(plan.spec->resource_limits)) return Step::limits;
    if (!become(plan)) return Step::user;
    execve(plan.spec->program.c_str(), plan.arguments.data(), plan.environment.data());
    return Step::program;
}

[[noreturn]] void run_child(Plan& plan) {
    const Step step = become_program(plan);
    const Failure failure{.step = step, .error = errno};
    [[maybe_unused]] const ssize_t sent = write(plan.failure_fd, &failure, sizeof failure);
    _exit(127);
}

// What the child said before it became the program: nothing is the good news.
Result<void> wait_for_program(const Pipe& failures, pid_t pid) {
    Failure failure{};
    ssize_t got = 0;
    do got = read(failures.reader.get(), &failure, sizeof failure);
    while (got < 0 && errno == EINTR);
    if (got == 0) return {};
    waitpid(pid, nullptr, 0);
    return tool_error(fmt::format("expected a box to {}; found: {}", advice_for(failure.step),
                                  std::strerror(failure.error)));
}

}  // namespace

Result<Child> start_child(const ChildSpec& spec) {
    Pipe in = make_pipe(), out = make_pipe(), err = make_pipe();
    Pipe ready = make_pipe(), info = make_pipe(), failures = make_pipe();
    if (!failures.reader.is_open() || !info.reader.is_open() || !ready.reader.is_open() ||
        !err.reader.is_open() || !out.reader.is_open() || !in.reader.is_open()) {
        return tool_error("expected free file descriptors for a box, found none; raise ulimit -n");
    }
    Plan plan(spec);
    plan.descriptors[STDIN_FILENO] = in.reader.get();
    plan.descriptors[STDOUT_FILENO] = out.writer.get();
    plan.descriptors[STDERR_FILENO] = err.writer.get();
    plan.descriptors[kReadyFd] = ready.writer.get();
    plan.descriptors[kInfoFd] = info.writer.get();
    plan.descriptors[kSyscallsFd] = spec.syscalls_fd;
    plan.failure_fd = failures.writer.get();
    plan.grader = getpid();
    for (const int end : {in.reader.get(), out.writer.get(), err.writer.get()}) {
        // So that the child can open /dev/stdin and its like by name.
        if (spec.user && fchown(end, *spec.user, *spec.user) != 0) {
            return tool_error("expected to give the pipes of a box to its user, found no right to");
        }
    }
    // The default of 64 KiB is good enough where the kernel refuses.
    fcntl(in.writer.get(), F_SETPIPE_SZ, kPipeBytes);
    fcntl(out.reader.get(), F_SETPIPE_SZ, kPipeBytes);
    const pid_t pid = fork();
    if (pid < 0) return tool_error(fmt::format("cannot start a process: {}", std::strerror(errno)));
    if (pid == 0) run_child(plan);
    failures.writer.reset();
    if (auto started = wait_for_program(failures, pid); !started) return pass_on(started);
    do_not_block(in.writer);
    do_not_block(out.reader);
    do_not_block(err.reader);
    return Child{.pid = pid,
                 .handle = ProcessHandle(pid),
                 .stdin_pipe = std::move(in.writer),
                 .stdout_pipe = std::move(out.reader),
                 .stderr_pipe = std::move(err.reader),
                 .ready_pipe = std::move(ready.reader),
                 .info_pipe = std::move(info.reader)};
}

}  // namespace onsite
