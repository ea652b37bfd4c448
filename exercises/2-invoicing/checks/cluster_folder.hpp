// The private folder of one PostgreSQL cluster.
//
// A cluster is a thousand small files that live for a second. In memory that costs a third of what
// it costs on a disk, where ext4 also searches past every inode that was deleted a moment ago.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <sys/types.h>

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace onsite::invoicing {

// A cluster takes 50 MB; the rest is what a stranger's statements can fill until they are ended.
inline constexpr std::uint64_t kClusterRoomBytes = 512ull << 20;

// Where a cluster can be, the quickest first: /dev/shm, then the folder for temporary files.
std::span<const std::filesystem::path> cluster_places();

// Removed with all that is in it when this goes. What a process left there that was killed is
// removed by the next create(). Thread safety: none.
class ClusterFolder {
public:
    // A new folder, for its owner alone, in the first of the places that is writable and has
    // kClusterRoomBytes free; in the last one when none has.
    // Errors: tool, when no folder can be made there.
    static Result<ClusterFolder> create(std::optional<uid_t> owner,
                                        std::span<const std::filesystem::path> places);

    ClusterFolder(ClusterFolder&& other) noexcept;
    ~ClusterFolder();

    const std::filesystem::path& path() const { return path_; }

private:
    ClusterFolder(std::filesystem::path path, Descriptor lock);

    std::filesystem::path path_;
    Descriptor lock_;  // Says to others that it is in use.
};

}  // namespace onsite::invoicing
