// Brings paths that only root can reach to a place where a box finds them.
//
// A clone of this repository may lie in /root, which is closed to the user that a box runs as.
// Before the user id is dropped, each path is mounted a second time, seen by this process only.
#pragma once

#include <span>
#include <string>

namespace onsite {

// A folder that every Linux has and no box needs.
inline constexpr const char* kStage = "/sys";

struct StagedMount {
    std::string host;
    std::string place;  // Directly in kStage.
    bool is_directory = false;
};

// Makes only system calls. Leaves the mounts of all other processes unchanged.
// Returns false with errno set when a mount is not possible. REQUIRES: root.
bool stage_mounts(std::span<const StagedMount> mounts);

}  // namespace onsite
