// Runs a real program as a user would, and keeps what it printed.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace onsite::testing {

struct CommandResult {
    int status = -1;     // Exit status; minus the signal when one ended it.
    std::string output;  // stdout
    std::string errors;  // stderr
};

struct Command {
    std::vector<std::string> words;
    std::vector<std::string> environment;  // Added to this process's own: "NAME=value".
    std::filesystem::path folder = "/";    // Where it starts.
    std::string input = {};                // What stands on its stdin.
};

// Waits for the end; ends the program's group and gives status -9 when it takes longer than two
// minutes.
CommandResult run(const Command& command);

// A program that goes on while the test does something else. Ended, with its group, at the latest
// when this object goes.
class Running {
public:
    explicit Running(const Command& command);
    ~Running();
    Running(const Running&) = delete;
    Running& operator=(const Running&) = delete;

    // Waits until stdout holds the text `times` times; false when the time is over.
    bool wait_for(const std::string& text, int times, std::chrono::seconds limit);
    bool wait_for_error(const std::string& text, std::chrono::seconds limit);  // On stderr.
    std::string output();
    void send(int signal) const;
    CommandResult finish(std::chrono::seconds limit);

private:
    pid_t pid_ = -1;
    std::filesystem::path folder_;  // Of its two output files.
};

// Looks again and again; false when the time is over.
bool wait_until(const std::function<bool()>& is_so, std::chrono::seconds limit);

// A folder that is gone when this object is.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

std::string read_text(const std::filesystem::path& file);
void write_text(const std::filesystem::path& file, const std::string& text);
// How often `part` is in `text`.
int count_of(const std::string& part, const std::string& text);

}  // namespace onsite::testing
