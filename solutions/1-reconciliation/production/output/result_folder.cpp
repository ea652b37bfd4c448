#include "solutions/1-reconciliation/production/output/result_folder.hpp"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

#include "base/files.hpp"

namespace onsite::reconcile {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFolderMode = 0777;  // The user's umask decides.

std::unexpected<Error> cannot(std::string_view doing, const fs::path& path,
                              const std::error_code& problem) {
    return tool_error(fmt::format("expected to {} {}, found: {}; name another folder with --out",
                                  doing, path.string(), problem.message()));
}

// For what errno tells of.
std::unexpected<Error> cannot(std::string_view doing, const fs::path& path) {
    return cannot(doing, path, std::error_code(errno, std::generic_category()));
}

std::unexpected<Error> taken(const fs::path& path) {
    return usage_error(fmt::format(
        "{}: expected a new or an empty folder for the results, found that something is there; "
        "name another with --out, or move it away",
        path.string()));
}

// Not so when its owner published it between our opening and our locking.
bool is_still(const fs::path& path, int descriptor) {
    struct stat there = {};
    struct stat here = {};
    return ::stat(path.c_str(), &there) == 0 && ::fstat(descriptor, &here) == 0 &&
           there.st_ino == here.st_ino && there.st_dev == here.st_dev;
}

}  // namespace

Result<void> expect_free(const fs::path& path) {
    std::error_code error;
    const fs::file_status status = fs::symlink_status(path, error);
    if (!fs::exists(status)) return {};
    if (fs::is_directory(status) && fs::is_empty(path, error) && !error) return {};
    return taken(path);
}

Result<ResultFolder> ResultFolder::create(const fs::path& path, std::string_view key) {
    // "results/" has no file name of its own.
    const fs::path whole = fs::absolute(path / "").parent_path().lexically_normal();
    if (auto is_free = expect_free(whole); !is_free) return pass_on(is_free);
    std::error_code error;
    fs::create_directories(whole.parent_path(), error);
    const fs::path partial =
        whole.parent_path() / fmt::format(".{}.{}.partial", whole.filename().string(), key);
    if (::mkdir(partial.c_str(), kFolderMode) != 0 && errno != EEXIST)
        return cannot("make", partial);
    Descriptor lock(::open(partial.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    if (!lock.is_open()) return cannot("open", partial);
    ResultFolder folder(whole, partial, std::move(lock));
    const int descriptor = folder.lock_.get();
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0 || !is_still(partial, descriptor)) {
        folder.partial_.clear();
        return usage_error(fmt::format(
            "{}: expected that nobody else writes there, found a run that does; wait for it, or "
            "name another folder with --out",
            whole.string()));
    }
    // Of a run that was killed.
    for (fs::directory_iterator left(partial, error); !error && left != fs::end(left);
         left.increment(error)) {
        fs::remove_all(left->path(), error);
        if (error) break;
    }
    if (error) return cannot("empty", partial, error);
    return folder;
}

ResultFolder::ResultFolder(ResultFolder&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::exchange(other.partial_, {})),
      lock_(std::move(other.lock_)) {}

ResultFolder::~ResultFolder() {
    std::error_code error;
    if (!partial_.empty()) fs::remove_all(partial_, error);
}

Result<void> ResultFolder::publish() {
    if (!sync_folder(partial_)) return cannot("write", partial_);
    // An empty folder is replaced; anything else is refused by the kernel.
    if (::rename(partial_.c_str(), path_.c_str()) != 0) {
        if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR) return taken(path_);
        return cannot("make", path_);
    }
    partial_.clear();
    if (!sync_folder(path_.parent_path())) return cannot("write", path_.parent_path());
    return {};
}

}  // namespace onsite::reconcile
