#include "solutions/1-reconciliation/production/plan/process.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

extern char** environ;

namespace onsite::reconcile {
namespace {

std::vector<char*> pointers_to(const std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

std::unexpected<Error> cannot_start(const std::string& program, int problem) {
    return tool_error(fmt::format("{}: expected a program that can be started, found: {}", program,
                                  std::strerror(problem)));
}

int status_of(int status) { return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status); }

// What is done with descriptors in the child before the program starts.
class FileActions {
public:
    FileActions() { posix_spawn_file_actions_init(&actions_); }
    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;
    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }
    posix_spawn_file_actions_t* get() { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

Result<pid_t> spawn(const std::vector<std::string>& words, FileActions& actions) {
    posix_spawn_file_actions_addopen(actions.get(), 0, "/dev/null", O_RDONLY, 0);
    auto pointers = pointers_to(words);
    pid_t pid = -1;
    const int problem =
        posix_spawnp(&pid, pointers[0], actions.get(), nullptr, pointers.data(), environ);
    if (problem != 0) return cannot_start(words[0], problem);
    return pid;
}

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) ends = {-1, -1};
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    void close_end(std::size_t end) {
        if (ends[end] >= 0) ::close(std::exchange(ends[end], -1));
    }
    std::array<int, 2> ends;
};

// Reads both until both are closed; what is more than may be kept is read and dropped.
void read_both(Pipe& output, Pipe& errors, CommandWords& words) {
    const std::array<std::pair<Pipe*, std::string*>, 2> streams = {
        {{&output, &words.output}, {&errors, &words.errors}}};
    std::array<pollfd, 2> polled = {};
    while (output.ends[0] >= 0 || errors.ends[0] >= 0) {
        for (std::size_t i = 0; i < 2; ++i) {
            polled[i] = {.fd = streams[i].first->ends[0], .events = POLLIN, .revents = 0};
        }
        if (::poll(polled.data(), polled.size(), -1) < 0 && errno != EINTR) return;
        for (std::size_t i = 0; i < 2; ++i) {
            if (polled[i].revents == 0) continue;
            std::array<char, 4096> block;
            const ssize_t got = ::read(polled[i].fd, block.data(), block.size());
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                streams[i].first->close_end(0);
            } else if (streams[i].second->size() < kCommandBytesMax) {
                streams[i].second->append(block.data(), static_cast<std::size_t>(got));
            }
        }
    }
}

}  // namespace

Result<Process> Process::start(const std::vector<std::string>& words,
                               const std::filesystem::path& log) {
    FileActions actions;
    posix_spawn_file_actions_addopen(actions.get(), 1, log.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                     0644);
    posix_spawn_file_actions_adddup2(actions.get(), 1, 2);
    auto pid = spawn(words, actions);
    if (!pid) return pass_on(pid);
    return Process(*pid);
}

Process::~Process() {
    if (pid_ < 0) return;
    ::kill(pid_, SIGKILL);
    while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

std::optional<int> Process::ended() {
    int status = 0;
    if (pid_ < 0 || ::waitpid(pid_, &status, WNOHANG) != pid_) return std::nullopt;
    pid_ = -1;
    return status_of(status);
}

Result<CommandWords> run_command(const std::vector<std::string>& words) {
    Pipe output;
    Pipe errors;
    FileActions actions;
    posix_spawn_file_actions_adddup2(actions.get(), output.ends[1], 1);
    posix_spawn_file_actions_adddup2(actions.get(), errors.ends[1], 2);
    auto pid = spawn(words, actions);
    if (!pid) return pass_on(pid);
    output.close_end(1);
    errors.close_end(1);
    CommandWords result;
    read_both(output, errors, result);
    int status = 0;
    while (::waitpid(*pid, &status, 0) < 0 && errno == EINTR) {
    }
    result.status = status_of(status);
    return result;
}

}  // namespace onsite::reconcile
