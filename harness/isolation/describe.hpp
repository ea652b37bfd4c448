// Says in words which layers hold a box, and how.
#pragma once

#include <optional>
#include <sys/types.h>

#include "harness/isolation/cgroup.hpp"
#include "harness/isolation/limits.hpp"

namespace onsite {

// What was found to be possible for one box.
struct IsolationFacts {
    LayerSet wanted;
    bool is_root = false;
    std::optional<uid_t> user;  // The user that the box runs as, when that is not our own.
    const Cgroup& cgroup;
};

IsolationReport describe_isolation(const IsolationFacts& facts);

}  // namespace onsite
