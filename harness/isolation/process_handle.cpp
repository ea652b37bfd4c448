#include "harness/isolation/process_handle.hpp"

#include <csignal>
#include <poll.h>
#include <sys/syscall.h>

namespace onsite {

// The C library's wrappers cannot be linked from C++ on Debian 12: <sys/pidfd.h> lacks extern "C".
ProcessHandle::ProcessHandle(pid_t pid) : fd_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))) {}

bool ProcessHandle::has_ended(int wait_ms) const {
    if (!is_open()) return true;
    pollfd watched{.fd = fd_.get(), .events = POLLIN, .revents = 0};
    return poll(&watched, 1, wait_ms) == 1;
}

void ProcessHandle::kill() const {
    if (is_open()) syscall(SYS_pidfd_send_signal, fd_.get(), SIGKILL, nullptr, 0);
}

}  // namespace onsite
