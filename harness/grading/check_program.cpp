#include "harness/grading/check_program.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <optional>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/descriptor.hpp"
#include "base/json.hpp"
#include "harness/isolation/isolation_json.hpp"
#include "harness/isolation/write_to_pipe.hpp"

namespace onsite {
namespace {

constexpr const char* kWhose = "the check program's answer";  // For errors.
constexpr std::int64_t kVerdictsMax = 10'000;

// The end to read from, and the one to write to; neither is open when there is no pipe to be had.
std::pair<Descriptor, Descriptor> open_pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return {};
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// A child with a pipe to its stdin and one from its stdout. Ended, with its group, at the latest
// when this object goes.
class CheckProcess {
public:
    static std::optional<CheckProcess> start(const std::filesystem::path& program) {
        auto [in, to] = open_pipe();
        auto [from, out] = open_pipe();
        if (!to.is_open() || !from.is_open()) return std::nullopt;
        const pid_t parent = getpid();
        const pid_t pid = fork();
        if (pid == 0) become(program, in.get(), out.get(), parent);
        if (pid < 0) return std::nullopt;
        // Here as well as there: whoever comes second finds it done, and end() finds the group.
        setpgid(pid, pid);
        return CheckProcess(pid, std::move(to), std::move(from));
    }

    CheckProcess(CheckProcess&& other) noexcept
        : pid_(std::exchange(other.pid_, -1)),
          to_(std::move(other.to_)),
          from_(std::move(other.from_)) {}
    CheckProcess& operator=(CheckProcess&&) = delete;
    ~CheckProcess() {
        if (pid_ > 0) end();
    }

    int output() const { return from_.get(); }

    void send(std::string_view text) {
        while (!text.empty()) {
            const PipeWrite written = write_to_pipe(to_.get(), text);
            if (written.is_broken) break;  // It died: its missing last line will say so.
            text.remove_prefix(written.bytes);
        }
        to_.reset();
    }

    // Its exit status, or minus the signal that ended it.
    int wait() {
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    }

    void end() {
        kill(-pid_, SIGKILL);
        wait();
    }

private:
    CheckProcess(pid_t pid, Descriptor to, Descriptor from)
        : pid_(pid), to_(std::move(to)), from_(std::move(from)) {}

    [[noreturn]] static void become(const std::filesystem::path& program, int in, int out,
                                    pid_t parent) {
        // A group of its own: Ctrl-C reaches us alone, and we end it in order.
        setpgid(0, 0);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        sigset_t none;  // Signals that we read from a descriptor must be ordinary ones for a child.
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
        if (getppid() != parent) _exit(127);
        dup2(in, STDIN_FILENO);
        dup2(out, STDOUT_FILENO);
        execl(program.c_str(), program.c_str(), static_cast<char*>(nullptr));
        _exit(127);
    }

    pid_t pid_;
    Descriptor to_;
    Descriptor from_;
};

// Folds the program's lines into a CheckRun.
class EventReader {
public:
    explicit EventReader(const std::function<void(const std::string&)>& on_check)
        : on_check_(on_check) {}

    Result<void> take(std::string_view line) {
        const auto event = parse_json(line, kWhose);
        if (!event) return tool_error(event.error().message);
        auto taken = take_event(*event);
        // Whatever is wrong with it is a fault of our program, not of whoever uses it.
        if (!taken) return tool_error(taken.error().message);
        return {};
    }

    bool has_ended() const { return has_ended_; }
    CheckRun take_run() { return std::move(run_); }

private:
    Result<void> take_event(const Json& event) {
        JsonReader reader(event, kWhose);
        const std::string kind = reader.text("event");
        if (kind == "check") {
            on_check_(reader.text("name"));
        } else if (kind == "verdict") {
            auto verdict = verdict_from_json(reader.object("verdict"), kWhose);
            if (!verdict) return pass_on(verdict);
            run_.verdicts.push_back(std::move(*verdict));
        } else if (kind == "end") {
            const auto verdicts = reader.number("verdicts", 0, kVerdictsMax);
            auto isolation = isolation_from_json(reader.object("isolation"), kWhose);
            if (!isolation) return pass_on(isolation);
            run_.isolation = std::move(*isolation);
            has_ended_ = verdicts == static_cast<std::int64_t>(run_.verdicts.size());
        } else {
            reader.complain("event", "expected check, verdict or end");
        }
        return reader.finish();
    }

    const std::function<void(const std::string&)>& on_check_;
    CheckRun run_;
    bool has_ended_ = false;
};

enum class Wait { readable, cancelled, again };

Wait wait_for_output(int output, const Cancel& cancel) {
    pollfd watched[2] = {{.fd = output, .events = POLLIN, .revents = 0},
                         {.fd = cancel.descriptor, .events = POLLIN, .revents = 0}};
    const int ready = poll(watched, 2, -1);
    // A signal (Ctrl-C) ends the wait too, and is a reason to ask.
    if ((ready < 0 || watched[1].revents != 0) && cancel.is_wanted()) return Wait::cancelled;
    return ready > 0 && watched[0].revents != 0 ? Wait::readable : Wait::again;
}

// Reads until the program closes its output; false when it is to be given up before.
// Errors: tool, when a line is none of ours.
Result<bool> read_events(const CheckProcess& child, const Cancel& cancel, EventReader& reader) {
    std::string pending;
    char block[1 << 16];
    for (;;) {
        const Wait wait = wait_for_output(child.output(), cancel);
        if (wait == Wait::cancelled) return false;
        if (wait == Wait::again) continue;
        const ssize_t got = read(child.output(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        pending.append(block, static_cast<std::size_t>(got));
        for (auto end = pending.find('\n'); end != std::string::npos; end = pending.find('\n')) {
            if (auto taken = reader.take(std::string_view(pending).substr(0, end)); !taken) {
                return pass_on(taken);
            }
            pending.erase(0, end + 1);
        }
    }
}

}  // namespace

Result<CheckRun> run_check_program(const std::filesystem::path& program, const CheckJob& job,
                                   const Cancel& cancel,
                                   const std::function<void(const std::string&)>& on_check) {
    auto child = CheckProcess::start(program);
    if (!child) {
        return tool_error(fmt::format("cannot start {}: {}", program.string(), strerror(errno)));
    }
    child->send(to_text(to_json(job)));
    EventReader reader(on_check);
    auto is_read = read_events(*child, cancel, reader);
    if (!is_read) return pass_on(is_read);
    if (!*is_read) {
        child->end();
        CheckRun run = reader.take_run();
        run.is_cancelled = true;
        return run;
    }
    const int status = child->wait();
    if (status == 127) {
        return tool_error(
            fmt::format("expected the check program {}, found none that runs; "
                        "run ./onsite again to build it",
                        program.string()));
    }
    if (!reader.has_ended()) {
        return tool_error(
            fmt::format("the check program {} ended early (status {}); nothing it "
                        "said counts; run the command again",
                        program.filename().string(), status));
    }
    return reader.take_run();
}

}  // namespace onsite
