#include "harness/isolation/running_box.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <thread>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/isolation/write_to_pipe.hpp"

namespace onsite {
namespace {

constexpr std::int64_t kCpuWatchNsMin = 20 * kNsPerMs;
// How long a command may take from the end of its output to its own end.
constexpr std::int64_t kEndGraceNs = kNsPerSecond;
constexpr int kDeathMs = 5'000;
constexpr std::size_t kBlockBytes = 64 * 1024;

// Reads what is there, at most `bytes`; at the end of the stream it closes the pipe.
std::size_t read_some(Descriptor& pipe, char* place, std::size_t bytes) {
    const ssize_t got = read(pipe.get(), place, bytes);
    if (got > 0) return static_cast<std::size_t>(got);
    if (got == 0 || (errno != EAGAIN && errno != EINTR)) pipe.reset();
    return 0;
}

// At least 1, so that reading notices the end of the stream.
std::size_t bytes_waiting(const Descriptor& pipe) {
    int bytes = 0;
    return ioctl(pipe.get(), FIONREAD, &bytes) == 0 && bytes > 0 ? static_cast<std::size_t>(bytes)
                                                                 : 1;
}

// Of a text that was cut, the lines that are whole.
std::string_view whole_lines(std::string_view head, std::uint64_t bytes_in_all) {
    const std::size_t newline = head.rfind('\n');
    return bytes_in_all <= head.size() || newline == head.npos ? head : head.substr(0, newline);
}

std::int64_t processors() { return std::max(1U, std::thread::hardware_concurrency()); }

// bubblewrap says as a shell does how its command ended: 128 and the number of the signal.
constexpr int kSignalBase = 128;

void explain_exit(int wait_status, BoxReport& report) {
    const bool was_signalled = WIFSIGNALED(wait_status);
    const int status = was_signalled ? WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
    report.ending = was_signalled ? Ending::signalled : Ending::exited;
    report.status = status;
    if (!was_signalled && status > kSignalBase && status <= kSignalBase + SIGRTMAX) {
        report.ending = Ending::signalled;
        report.status = status - kSignalBase;
    }
}

}  // namespace

RunningBox::RunningBox(RunningBoxSpec spec, Clock& clock)
    : spec_(std::move(spec)),
      clock_(clock),
      started_ns_(clock.monotonic_ns()),
      next_cpu_watch_ns_(started_ns_ + kCpuWatchNsMin) {}

RunningBox::~RunningBox() { finish(); }

bool RunningBox::write(std::string_view bytes, std::int64_t deadline_ns) {
    while (!bytes.empty()) {
        const PipeWrite written = write_to_pipe(spec_.child.stdin_pipe.get(), bytes);
        if (written.is_broken) return false;
        bytes.remove_prefix(written.bytes);
        if (bytes.empty()) break;
        if (step(Waiting::for_input, deadline_ns) != Event::progress) return false;
    }
    return true;
}

Line RunningBox::read_line(std::int64_t deadline_ns) {
    for (;;) {
        if (auto line = unread_.take_line()) return {ReadStatus::line, std::move(*line)};
        if (ended_by_us_ == Ending::output) return {ReadStatus::output_limit, unread_.take_all()};
        if (ended_by_us_ != Ending::running) return {ReadStatus::deadline, unread_.take_all()};
        if (!spec_.child.stdout_pipe.is_open()) {
            return {ReadStatus::end_of_stream, unread_.take_all()};
        }
        if (step(Waiting::for_output, deadline_ns) == Event::deadline) {
            if (auto line = unread_.take_line()) return {ReadStatus::line, std::move(*line)};
            return {ReadStatus::deadline, unread_.take_all()};
        }
    }
}

std::string RunningBox::read_all() {
    while (spec_.child.stdout_pipe.is_open() && ended_by_us_ == Ending::running) {
        step(Waiting::for_output, kForever);
    }
    return unread_.take_all();
}

std::int64_t RunningBox::cpu_ns() const {
    if (spec_.cgroup.counts_cpu()) return spec_.cgroup.cpu_ns();
    return (clock_.monotonic_ns() - started_ns_) * processors();
}

bool RunningBox::counts_cpu() const { return spec_.cgroup.counts_cpu(); }

bool RunningBox::has_unread_output() {
    drain_stdout();
    return !unread_.is_empty();
}

void RunningBox::wait_for_end(std::int64_t deadline_ns) {
    while (!spec_.child.handle.has_ended(0)) {
        if (step(Waiting::for_exit, deadline_ns) != Event::progress) return;
    }
}

// One turn of the loop: waits until something happens, takes what arrived, checks the limits.
RunningBox::Event RunningBox::step(Waiting waiting, std::int64_t deadline_ns) {
    if (ended_by_us_ != Ending::running) return Event::ended;
    wait_for_something(waiting, std::min(deadline_ns, next_watch_ns()));
    drain_stdout();
    drain_stderr();
    watch();
    if (ended_by_us_ != Ending::running) return Event::ended;
    return clock_.monotonic_ns() < deadline_ns ? Event::progress : Event::deadline;
}

void RunningBox::wait_for_something(Waiting waiting, std::int64_t until_ns) {
    // poll() skips descriptors of -1: pipes that are closed.
    std::array<pollfd, 3> watched{
        {{spec_.child.stdout_pipe.get(), POLLIN, 0}, {spec_.child.stderr_pipe.get(), POLLIN, 0}}};
    watched[2].fd = -1;
    if (waiting == Waiting::for_input) watched[2] = {spec_.child.stdin_pipe.get(), POLLOUT, 0};
    if (waiting == Waiting::for_exit) watched[2] = {spec_.child.handle.fd(), POLLIN, 0};
    const std::int64_t left_ns = std::max<std::int64_t>(until_ns - clock_.monotonic_ns(), 0);
    const timespec timeout{.tv_sec = left_ns / kNsPerSecond, .tv_nsec = left_ns % kNsPerSecond};
    ppoll(watched.data(), watched.size(), &timeout, nullptr);
}

void RunningBox::drain_stdout() {
    if (!spec_.child.stdout_pipe.is_open()) return;
    const std::size_t waiting = bytes_waiting(spec_.child.stdout_pipe);
    char* place = unread_.room_for(waiting);
    const std::size_t got = read_some(spec_.child.stdout_pipe, place, waiting);
    stdout_bytes_ += got;
    const std::uint64_t limit = has(Layer::output) ? spec_.limits.stdout_bytes : UINT64_MAX;
    const std::size_t too_many = stdout_bytes_ > limit ? std::min(got, stdout_bytes_ - limit) : 0;
    unread_.commit(got - too_many);
    if (too_many > 0) end(Ending::output);
}

void RunningBox::drain_stderr() {
    if (!spec_.child.stderr_pipe.is_open()) return;
    char block[kBlockBytes];
    const std::size_t got = read_some(spec_.child.stderr_pipe, block, sizeof block);
    stderr_bytes_ += got;
    const std::size_t room = spec_.stderr_head_bytes - stderr_head_.size();
    stderr_head_.append(block, std::min(got, room));
    stderr_tail_.append(block, got);
    if (stderr_tail_.size() > kStderrTailBytes) {
        stderr_tail_.erase(0, stderr_tail_.size() - kStderrTailBytes);
    }
    if (has(Layer::output) && stderr_bytes_ > spec_.limits.stderr_bytes) end(Ending::output);
}

// When the watchdog must look next, whatever the box does.
std::int64_t RunningBox::next_watch_ns() const {
    std::int64_t next_ns = kForever;
    if (has(Layer::wall)) next_ns = started_ns_ + spec_.limits.wall_ms * kNsPerMs;
    if (has(Layer::cpu) && spec_.cgroup.counts_cpu())
        next_ns = std::min(next_ns, next_cpu_watch_ns_);
    return next_ns;
}

void RunningBox::watch() {
    const std::int64_t now_ns = clock_.monotonic_ns();
    if (has(Layer::wall) && now_ns - started_ns_ >= spec_.limits.wall_ms * kNsPerMs) {
        return end(Ending::wall);
    }
    if (!has(Layer::cpu) || !spec_.cgroup.counts_cpu() || now_ns < next_cpu_watch_ns_) return;
    const auto limit_ns = static_cast<std::int64_t>(spec_.limits.cpu_seconds) * kNsPerSecond;
    const std::int64_t left_ns = limit_ns - spec_.cgroup.cpu_ns();
    if (left_ns <= 0) return end(Ending::cpu);
    // Even on all processors it cannot use up what is left any sooner.
    next_cpu_watch_ns_ = now_ns + std::max(kCpuWatchNsMin, left_ns / processors());
}

void RunningBox::end(Ending ending) {
    if (ended_by_us_ == Ending::running) ended_by_us_ = ending;
    kill_all();
}

void RunningBox::kill_all() {
    // The first process is the init of the pid namespace: the kernel ends all others with it, and
    // reports its end only after theirs.
    spec_.first_process.kill();
    spec_.first_process.has_ended(kDeathMs);
    if (!has(Layer::processes)) spec_.cgroup.kill_all();
}

// Limits come before the way in which the process happened to die of them.
Ending RunningBox::judge(const BoxReport& report, std::int64_t cpu_ns) const {
    const bool is_clean = report.ending == Ending::exited && report.status == 0;
    if (spec_.cgroup.memory_kills() > 0 && !is_clean) return Ending::memory;
    if (ended_by_us_ != Ending::running) return ended_by_us_;
    if (report.ending != Ending::signalled || !has(Layer::cpu)) return report.ending;
    // Who ignores SIGXCPU gets SIGKILL from RLIMIT_CPU.
    const auto limit_ns = static_cast<std::int64_t>(spec_.limits.cpu_seconds) * kNsPerSecond;
    const bool was_cpu =
        report.status == SIGXCPU || (report.status == SIGKILL && cpu_ns >= limit_ns);
    return was_cpu ? Ending::cpu : Ending::signalled;
}

BoxReport RunningBox::finish() {
    if (report_) return *report_;
    close_stdin();
    const bool is_ending = ended_by_us_ == Ending::running && !spec_.child.stdout_pipe.is_open();
    if (is_ending) wait_for_end(clock_.monotonic_ns() + kEndGraceNs);
    if (!spec_.child.handle.has_ended(0)) {
        end(Ending::cancelled);
        kill(spec_.child.pid, SIGKILL);
    }
    kill_all();
    drain_stderr();
    int wait_status = 0;
    while (waitpid(spec_.child.pid, &wait_status, 0) < 0 && errno == EINTR) {
    }
    BoxReport report;
    explain_exit(wait_status, report);
    report.wall_ns = clock_.monotonic_ns() - started_ns_;
    // Without a cgroup the most that it can have used: bubblewrap may end before it has reaped the
    // box's processes, so that its own account misses theirs.
    const std::int64_t cpu_ns =
        spec_.cgroup.counts_cpu() ? spec_.cgroup.cpu_ns() : report.wall_ns * processors();
    report.ending = judge(report, cpu_ns);
    report.stderr_tail = escaped_tail(stderr_tail_, kStderrTailBytes);
    report.stderr_head = escape_controls(whole_lines(stderr_head_, stderr_bytes_));
    report_ = report;
    return report;
}

}  // namespace onsite
