#include "harness/isolation/box.hpp"

#include <charconv>
#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "harness/isolation/describe.hpp"
#include "harness/isolation/plan.hpp"
#include "harness/isolation/running_box.hpp"
#include "harness/isolation/syscall_filter.hpp"

namespace onsite {
namespace {

constexpr int kBuildMs = 10'000;

// The number after "child-pid": in what bubblewrap tells about itself.
pid_t first_process_of(const Descriptor& info) {
    char text[1024];
    const ssize_t got = read(info.get(), text, sizeof text);
    const std::string_view told(text, got > 0 ? static_cast<std::size_t>(got) : 0);
    const auto at = told.find_first_of("0123456789");
    pid_t pid = -1;
    if (at != std::string_view::npos) {
        std::from_chars(told.data() + at, told.data() + told.size(), pid);
    }
    return pid;
}

bool is_ready(const Descriptor& ready) {
    pollfd watched{.fd = ready.get(), .events = POLLIN, .revents = 0};
    char byte = 0;
    return poll(&watched, 1, kBuildMs) == 1 && read(ready.get(), &byte, 1) == 1;
}

// Ends what was started of a box and says why it does not stand.
Error explain_failure(const Child& child) {
    char text[1024];
    const ssize_t got = read(child.stderr_pipe.get(), text, sizeof text);
    kill(child.pid, SIGKILL);
    waitpid(child.pid, nullptr, 0);
    std::string said = escape_controls({text, got > 0 ? static_cast<std::size_t>(got) : 0});
    while (said.ends_with('\n')) said.pop_back();
    if (said.empty()) said = "nothing";
    const bool is_forbidden =
        said.find("namespace") != std::string::npos || said.find("uid map") != std::string::npos;
    const char* advice =
        is_forbidden ? "; allow user namespaces (sysctl -w kernel.unprivileged_userns_clone=1 "
                       "user.max_user_namespaces=10000; in a container: another seccomp profile)"
                     : "";
    return {ErrorKind::tool,
            fmt::format("expected bubblewrap to build a box, found \"{}\"{}", said, advice)};
}

Result<std::unique_ptr<RunningBox>> start_box(const BoxSpec& spec, Clock& clock) {
    if (auto checked = check_spec(spec); !checked) return pass_on(checked);
    auto bubblewrap = find_bubblewrap();
    if (!bubblewrap) return pass_on(bubblewrap);
    auto filter = syscall_filter();
    if (!filter) return pass_on(filter);

    const std::optional<uid_t> user = user_for(spec);
    Cgroup cgroup = cgroup_for(spec);
    ChildSpec child_spec = child_spec_for(spec, user, cgroup);
    child_spec.program = *bubblewrap;
    if (spec.layers.has(Layer::syscalls)) child_spec.syscalls_fd = filter->get();
    auto child = start_child(child_spec);
    if (!child) return pass_on(child);

    const pid_t first = first_process_of(child->info_pipe);
    ProcessHandle first_process(first);
    if (!is_ready(child->ready_pipe)) return std::unexpected(explain_failure(*child));
    IsolationReport isolation = describe_isolation(
        {.wanted = spec.layers, .is_root = geteuid() == 0, .user = user, .cgroup = cgroup});
    return std::make_unique<RunningBox>(RunningBoxSpec{.child = std::move(*child),
                                                       .first_process = std::move(first_process),
                                                       .cgroup = std::move(cgroup),
                                                       .limits = spec.limits,
                                                       .isolation = std::move(isolation),
                                                       .stderr_head_bytes = spec.stderr_head_bytes},
                                        clock);
}

}  // namespace

std::string_view to_string(Ending ending) {
    switch (ending) {
        case Ending::running:
            return "running";
        case Ending::exited:
            return "exited";
        case Ending::signalled:
            return "signalled";
        case Ending::cpu:
            return "cpu";
        case Ending::wall:
            return "wall";
        case Ending::memory:
            return "memory";
        case Ending::output:
            return "output";
        case Ending::cancelled:
            return "cancelled";
    }
    return "running";
}

Result<std::unique_ptr<Box>> Box::start(const BoxSpec& spec, Clock& clock) {
    auto box = start_box(spec, clock);
    if (!box) return pass_on(box);
    return std::unique_ptr<Box>(std::move(*box));
}

Result<BoxResult> run_in_box(const BoxSpec& spec, std::string_view input, Clock& clock) {
    auto box = start_box(spec, clock);
    if (!box) return pass_on(box);
    // A command that does not want its input is free not to read it.
    (*box)->write(input, kForever);
    (*box)->close_stdin();
    BoxResult result;
    result.output = (*box)->read_all();
    (*box)->wait_for_end(kForever);
    result.report = (*box)->finish();
    result.isolation = (*box)->isolation();
    return result;
}

IsolationReport probe_isolation(Clock& clock) {
    auto run = run_in_box({.command = {"/bin/true"}}, "", clock);
    IsolationReport report;
    if (!run) {
        report.notes.push_back(run.error().message);
    } else if (run->report.ending != Ending::exited || run->report.status != 0) {
        report.notes.push_back(fmt::format(
            "expected /bin/true to end well in a box, found {} {} {}",
            to_string(run->report.ending), run->report.status, run->report.stderr_tail));
    } else {
        report = run->isolation;
    }
    return report;
}

}  // namespace onsite
