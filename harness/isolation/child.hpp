// Starts a program as the unprivileged user that it shall be, with pipes to talk to it.
//
// Between fork and exec only system calls are made, so that a grader with several threads can start
// boxes.
#pragma once

#include <optional>
#include <string>
#include <sys/resource.h>
#include <sys/types.h>
#include <vector>

#include "base/descriptor.hpp"
#include "base/error.hpp"
#include "harness/isolation/process_handle.hpp"
#include "harness/isolation/stage.hpp"

namespace onsite {

struct ResourceLimit {
    __rlimit_resource resource;
    rlim_t soft;
    rlim_t hard;
};

struct ChildSpec {
    std::string program;
    std::vector<std::string> arguments;  // Without the program's own name.
    std::vector<std::string> environment;
    std::vector<StagedMount> stage;   // Needs `user`.
    std::vector<int> cgroup_entries;  // Open files of Cgroup::entries().
    std::vector<ResourceLimit> resource_limits;
    std::optional<uid_t> user;
    int syscalls_fd = -1;  // Becomes kSyscallsFd in the child.
};

// Our ends of the pipes do not block. Every descriptor is closed on exec.
struct Child {
    pid_t pid = -1;
    ProcessHandle handle;
    Descriptor stdin_pipe;
    Descriptor stdout_pipe;
    Descriptor stderr_pipe;
    Descriptor ready_pipe;  // What is written to kReadyFd, and to kInfoFd.
    Descriptor info_pipe;
};

// Errors: tool, when the child could not become what it shall be; it has ended then.
Result<Child> start_child(const ChildSpec& spec);

}  // namespace onsite
