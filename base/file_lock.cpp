#include "base/file_lock.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <utility>

#include <fmt/format.h>

namespace onsite {
namespace {

constexpr mode_t kMode = 0666;  // The user's umask decides.

bool lock(int descriptor, int how) {
    while (::flock(descriptor, how) != 0) {
        if (errno != EINTR) return false;
    }
    return true;
}

}  // namespace

Result<FileLock> FileLock::take(const std::filesystem::path& file,
                                const std::function<void()>& on_wait) {
    Descriptor taken(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, kMode));
    if (taken.is_open()) {
        if (lock(taken.get(), LOCK_EX | LOCK_NB)) return FileLock(std::move(taken));
        if (errno == EWOULDBLOCK) {
            if (on_wait) on_wait();
            if (lock(taken.get(), LOCK_EX)) return FileLock(std::move(taken));
        }
    }
    const std::string problem = std::strerror(errno);
    return tool_error(
        fmt::format("{}: expected a file that can be made and locked, found: {}; check that the "
                    "folder is there and yours to write to",
                    file.string(), problem));
}

}  // namespace onsite
