// Child processes: a task with a log, and a short command whose words are read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <sys/types.h>
#include <utility>
#include <vector>

#include "base/error.hpp"

namespace onsite::reconcile {

class Process {
public:
    // stdout and stderr are appended to `log`; stdin is empty.
    // Errors: tool when the program cannot be started.
    static Result<Process> start(const std::vector<std::string>& words,
                                 const std::filesystem::path& log);
    Process(Process&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
    Process& operator=(Process&& other) noexcept {
        std::swap(pid_, other.pid_);
        return *this;
    }
    ~Process();  // Ends it when it still runs.

    // The exit status, or minus the signal that ended it; nothing while it runs.
    std::optional<int> ended();

private:
    explicit Process(pid_t pid) : pid_(pid) {}
    pid_t pid_;
};

struct CommandWords {
    int status = 0;
    std::string output;  // stdout
    std::string errors;  // stderr, of both at most kCommandBytesMax
};
inline constexpr std::size_t kCommandBytesMax = 1 << 20;

// Runs a command to its end. Errors: tool when it cannot be started.
Result<CommandWords> run_command(const std::vector<std::string>& words);

}  // namespace onsite::reconcile
