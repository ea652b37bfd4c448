#include "exercises/2-invoicing/checks/cluster_folder.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <stdlib.h>
#include <string>
#include <string_view>
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

// The process that made "onsite-pg-4711-x7Tq2a".
std::optional<pid_t> maker_of(std::string_view name) {
    if (!name.starts_with(kPrefix)) return std::nullopt;
    name.remove_prefix(kPrefix.size());
    pid_t pid = 0;
    const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), pid);
    const bool is_number = problem == std::errc() && end != name.data() + name.size();
    return is_number && *end == '-' && pid > 0 ? std::optional(pid) : std::nullopt;
}

bool belongs_to(const fs::path& folder, uid_t owner) {
    struct stat status;
    return lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == owner;
}

// A process that was killed could not tidy up. Folders of others are none of our business.
void remove_leftovers(const fs::path& place, uid_t owner) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(place, ignored)) {
        const auto maker = maker_of(entry.path().filename().string());
        if (!maker || kill(*maker, 0) == 0 || errno != ESRCH) continue;
        if (belongs_to(entry.path(), owner)) fs::remove_all(entry.path(), ignored);
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
    std::string path = (place / fmt::format("{}{}-XXXXXX", kPrefix, getpid())).string();
    if (mkdtemp(path.data()) == nullptr) {
        return tool_error(fmt::format("cannot make a folder like {}: {}; is the disk full?", path,
                                      std::strerror(errno)));
    }
    ClusterFolder folder{fs::path(path)};
    if (owner && chown(path.c_str(), *owner, *owner) != 0) {
        return tool_error(
            fmt::format("cannot give {} to another user: {}", path, std::strerror(errno)));
    }
    return folder;
}

ClusterFolder::ClusterFolder(fs::path path) : path_(std::move(path)) {}

ClusterFolder::ClusterFolder(ClusterFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ClusterFolder::~ClusterFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

}  // namespace onsite::invoicing
