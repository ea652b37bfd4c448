// What a box needs, worked out before anything is started.
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>

#include "harness/isolation/box.hpp"
#include "harness/isolation/cgroup.hpp"
#include "harness/isolation/child.hpp"

namespace onsite {

// Errors: tool, when bubblewrap is not on PATH.
Result<std::string> find_bubblewrap();

// Errors: tool, when there is no command or a mount does not exist.
Result<void> check_spec(const BoxSpec& spec);

// The user to drop to; none when the layer is off or we are not root.
std::optional<uid_t> user_for(const BoxSpec& spec);

Cgroup cgroup_for(const BoxSpec& spec);

// `user` and `cgroup` as above: what a cgroup limits needs no weaker limit.
ChildSpec child_spec_for(const BoxSpec& spec, std::optional<uid_t> user, const Cgroup& cgroup);

}  // namespace onsite
