// Names one process, and never another one that gets the same number later (a pidfd).
#pragma once

#include <sys/types.h>

#include "base/descriptor.hpp"

namespace onsite {

class ProcessHandle {
public:
    ProcessHandle() = default;
    // REQUIRES: the caller is the parent, or knows that the process lives or has not been replaced.
    explicit ProcessHandle(pid_t pid);

    // False when the process was gone already.
    bool is_open() const { return fd_.is_open(); }
    int fd() const { return fd_.get(); }
    // True when it has ended, within the time given.
    bool has_ended(int wait_ms) const;
    void kill() const;

private:
    Descriptor fd_;
};

}  // namespace onsite
