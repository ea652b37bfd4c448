#include "harness/cli/side_by_side.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <spawn.h>
#include <sys/wait.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "base/files.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

// A folder that nobody else can look into, gone at the end of the scope.
class PrivateFolder {
public:
    PrivateFolder() : path_((fs::temp_directory_path() / "onsite-review-XXXXXX").string()) {
        if (mkdtemp(path_.data()) == nullptr) path_.clear();
    }
    ~PrivateFolder() {
        std::error_code failure;
        if (!path_.empty()) fs::remove_all(path_, failure);
    }
    PrivateFolder(const PrivateFolder&) = delete;
    PrivateFolder& operator=(const PrivateFolder&) = delete;
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

// We ignore SIGPIPE, and what we start would: then it complains about the pipe that nobody reads.
class EndsWithItsReader {
public:
    EndsWithItsReader() {
        posix_spawnattr_init(&attributes_);
        sigset_t signals;
        sigemptyset(&signals);
        sigaddset(&signals, SIGPIPE);
        posix_spawnattr_setsigdefault(&attributes_, &signals);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
    }
    ~EndsWithItsReader() { posix_spawnattr_destroy(&attributes_); }
    EndsWithItsReader(const EndsWithItsReader&) = delete;
    EndsWithItsReader& operator=(const EndsWithItsReader&) = delete;
    const posix_spawnattr_t* attributes() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_{};
};

}  // namespace

// diff exits with 1 when the files differ, which is what we expect.
Result<void> print_side_by_side(const App& app, const fs::path& left, const fs::path& right) {
    const std::string width = fmt::format("--width={}", app.console.width());
    std::array<std::string, 6> words = {"diff", "--side-by-side", "--expand-tabs",
                                        width,  left.string(),    right.string()};
    std::array<char*, 7> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
    pid_t pid = 0;
    const EndsWithItsReader ends;
    if (posix_spawnp(&pid, "diff", nullptr, ends.attributes(), arguments.data(), environ) != 0) {
        return tool_error("cannot start diff; install the package diffutils");
    }
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    // A reader that went away wanted no more of it.
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE) return {};
    if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
        return tool_error(
            fmt::format("diff could not compare {} with {}", left.string(), right.string()));
    }
    return {};
}

Result<void> print_texts_side_by_side(const App& app, const std::string& left,
                                      const std::string& right) {
    const PrivateFolder folder;
    if (folder.path().empty()) return tool_error("cannot make a temporary folder for diff");
    const fs::path left_file = fs::path(folder.path()) / "attempt";
    const fs::path right_file = fs::path(folder.path()) / "reference";
    auto done = write_file(left_file, harmless(left, Lines::many));
    if (done) done = write_file(right_file, harmless(right, Lines::many));
    if (!done) return done;
    return print_side_by_side(app, left_file, right_file);
}

}  // namespace onsite
