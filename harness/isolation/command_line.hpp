// What bubblewrap is told: which namespaces a box has and what can be seen in it.
#pragma once

#include <string>
#include <vector>

#include "harness/isolation/box.hpp"

namespace onsite {

// The descriptors that bubblewrap inherits.
inline constexpr int kReadyFd = 3;  // A byte is written when the box stands.
inline constexpr int kInfoFd = 4;   // bubblewrap writes the process id of the box's first process.
inline constexpr int kSyscallsFd = 5;  // The filter, when Layer::syscalls is on.

struct CommandLineSpec {
    // For each mount of the box, where the host's path can be reached after the user id was
    // dropped.
    std::vector<std::string> mount_sources;
    // Set when only the box itself can limit its processes (see child.hpp).
    bool limits_processes_inside = false;
};

// The arguments of bwrap, without its own name.
std::vector<std::string> bubblewrap_arguments(const BoxSpec& box, const CommandLineSpec& spec);

}  // namespace onsite
