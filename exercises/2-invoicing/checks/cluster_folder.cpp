#include "exercises/2-invoicing/checks/cluster_folder.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <stdlib.h>
#include <string>
#include <string_view>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace onsite::invoicing {

namespace fs = std::filesystem;

namespace {

// Short: the name of a socket in it has at most 107 bytes.
constexpr std::string_view kPrefix = "onsite-pg-";
constexpr int kTriesMax = 3;

// A lock on the folder, which the system lets go of when its process dies, in whatever container
// that is; not open when another process has it.
Descriptor lock_of(const fs::path& folder) {
    Descriptor lock(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!lock.is_open() || flock(lock.get(), LOCK_EX | LOCK_NB) != 0) return {};
    return lock;
}

bool belongs_to(const fs::path& folder, uid_t owner) {
    struct stat status;
    return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == owner;
}

// A process that was killed could not tidy up. Folders of others are none of our business.
void remove_leftovers(const fs::path& place, uid_t owner) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(place, ignored)) {
        const bool is_ours = entry.path().filename().string().starts_with(kPrefix);
        if (!is_ours || !belongs_to(entry.path(), owner)) continue;
        const Descriptor lock = lock_of(entry.path());
        if (lock.is_open()) fs::remove_all(entry.path(), ignored);
    }
}

bool is_roomy(const fs::path& place) {
    std::error_code problem;
    const fs::space_info space = fs::space(place, problem);
    return !problem && space.available >= kClusterRoomBytes && access(place.c_str(), W_OK) == 0;
}

const fs::path& choose(std::span<const fs::path> places) {
    for (const fs::path& place : places) {
        if (is_roomy(place)) return place;
    }
    return places.back();
}

}  // namespace

std::span<const fs::path> cluster_places() {
    std::error_code ignored;
    static const std::array<fs::path, 2> places = {"/dev/shm", fs::temp_directory_path(ignored)};
    return places;
}

Result<ClusterFolder> ClusterFolder::create(std::optional<uid_t> owner,
                                            std::span<const fs::path> places) {
    const fs::path& place = choose(places);
    if (place.empty()) {
        return tool_error("expected a folder for temporary files, found none; set TMPDIR to one");
    }
    remove_leftovers(place, owner.value_or(geteuid()));
    std::string path;
    Descriptor lock;
    // Another process may take a new folder for a leftover before it is locked.
    for (int i = 0; i < kTriesMax && (!lock.is_open() || !fs::exists(path)); ++i) {
        path = (place / fmt::format("{}XXXXXX", kPrefix)).string();
        if (mkdtemp(path.data()) == nullptr) {
            return tool_error(fmt::format("cannot make a folder like {}: {}; is the disk full?",
                                          path, std::strerror(errno)));
        }
        lock = lock_of(path);
    }
    if (!lock.is_open()) return tool_error(fmt::format("cannot lock the new folder {}", path));
    ClusterFolder folder(path, std::move(lock));
    if (owner && chown(path.c_str(), *owner, *owner) != 0) {
        return tool_error(
            fmt::format("cannot give {} to another user: {}", path, std::strerror(errno)));
    }
    return folder;
}

ClusterFolder::ClusterFolder(fs::path path, Descriptor lock)
    : path_(std::move(path)), lock_(std::move(lock)) {}

ClusterFolder::ClusterFolder(ClusterFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::move(other.lock_)) {}

ClusterFolder::~ClusterFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace onsite::invoicing
