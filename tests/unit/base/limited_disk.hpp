// A disk that is full after so many bytes of a file: the system refuses every write beyond them.
#pragma once

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <sys/resource.h>

namespace onsite::testing {

// Ends the process with status 0 when `body` returned true. For the statement of EXPECT_EXIT, which
// runs in a process of its own: the limit cannot be raised again.
template <typename Body>
[[noreturn]] void exit_with_full_disk(std::uint64_t file_bytes_max, Body body) {
    std::signal(SIGXFSZ, SIG_IGN);  // The write then fails with an error, like on a full disk.
    const rlimit limit{.rlim_cur = file_bytes_max, .rlim_max = file_bytes_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    std::_Exit(body() ? 0 : 1);
}

}  // namespace onsite::testing
