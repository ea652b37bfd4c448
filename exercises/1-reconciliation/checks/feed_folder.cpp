#include "exercises/1-reconciliation/checks/feed_folder.hpp"

#include <fstream>
#include <stdlib.h>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace onsite::reconciliation {

namespace fs = std::filesystem;

Result<FeedFolder> FeedFolder::create() {
    std::error_code problem;
    std::string path = (fs::temp_directory_path(problem) / "onsite-feeds-XXXXXX").string();
    if (problem || mkdtemp(path.data()) == nullptr) {
        return tool_error(
            fmt::format("cannot make a folder for feeds like {}; is the disk full?", path));
    }
    FeedFolder folder{fs::path(path)};
    // Subjects run as another user; nothing in here is a secret.
    fs::permissions(folder.path_, fs::perms(0755), problem);
    if (problem) return tool_error(fmt::format("cannot open {} for subjects", path));
    return folder;
}

FeedFolder::FeedFolder(FeedFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

FeedFolder::~FeedFolder() {
    std::error_code ignored;  // What cannot be removed is the system's to clean.
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

std::string FeedFolder::inside_path(std::string_view name) {
    return fmt::format("{}/{}", kFeedsInside, name);
}

Result<void> FeedFolder::write(std::string_view name, std::string_view text) const {
    const fs::path file = path_ / name;
    // A new file each time: some file systems flush one that is truncated and written again.
    std::error_code ignored;
    fs::remove(file, ignored);
    std::ofstream out(file, std::ios::binary);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
        return tool_error(fmt::format("cannot write {} bytes to {}; is the disk full?", text.size(),
                                      file.string()));
    }
    return {};
}

}  // namespace onsite::reconciliation
