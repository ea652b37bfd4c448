#include "tests/support/command.hpp"

#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <signal.h>
#include <stdexcept>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace onsite::testing {
namespace {

constexpr std::chrono::milliseconds kLook{5};

[[noreturn]] void become(const Command& command, const std::filesystem::path& out) {
    setpgid(0, 0);
    const int input = open((out / "stdin").c_str(), O_RDONLY);
    const int output = open((out / "stdout").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const int errors = open((out / "stderr").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(126);
    if (chdir(command.folder.c_str()) != 0) _exit(126);
    for (const std::string& variable : command.environment) {
        const auto equals = variable.find('=');
        setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
    }
    std::vector<char*> words;
    for (const std::string& word : command.words) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    execvp(words[0], words.data());
    _exit(127);
}

}  // namespace

Running::Running(const Command& command) {
    std::string name = std::filesystem::temp_directory_path() / "onsite-command-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    write_text(folder_ / "stdin", command.input);
    pid_ = fork();
    if (pid_ == 0) become(command, folder_);
}

Running::~Running() {
    if (pid_ > 0) {
        kill(-pid_, SIGKILL);
        waitpid(pid_, nullptr, 0);
    }
    std::filesystem::remove_all(folder_);
}

std::string Running::output() { return read_text(folder_ / "stdout"); }

bool Running::wait_for(const std::string& text, int times, std::chrono::seconds limit) {
    return wait_until([&] { return count_of(text, output()) >= times; }, limit);
}

bool Running::wait_for_error(const std::string& text, std::chrono::seconds limit) {
    return wait_until([&] { return count_of(text, read_text(folder_ / "stderr")) > 0; }, limit);
}

void Running::send(int signal) const { kill(pid_, signal); }

CommandResult Running::finish(std::chrono::seconds limit) {
    int status = 0;
    if (!wait_until([&] { return waitpid(pid_, &status, WNOHANG) != 0; }, limit)) {
        kill(-pid_, SIGKILL);
        waitpid(pid_, &status, 0);
    }
    pid_ = -1;
    return {.status = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
            .output = output(),
            .errors = read_text(folder_ / "stderr")};
}

CommandResult run(const Command& command) {
    return Running(command).finish(std::chrono::minutes(2));
}

bool wait_until(const std::function<bool()>& is_so, std::chrono::seconds limit) {
    const auto end = std::chrono::steady_clock::now() + limit;
    while (!is_so()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(kLook);
    }
    return true;
}

TemporaryFolder::TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "onsite-test-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() { std::filesystem::remove_all(path_); }

std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_text(const std::filesystem::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

int count_of(const std::string& part, const std::string& text) {
    int count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
    return count;
}

}  // namespace onsite::testing
