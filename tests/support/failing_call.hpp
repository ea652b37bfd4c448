// A system call that always fails, as on a file system or a disk that a test cannot have.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <iterator>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>

namespace onsite::testing {

// Ends the process with status 0 when `body` returned true, while the call of that number (SYS_...)
// fails with `error`. For the statement of EXPECT_EXIT, which runs in a process of its own: the
// filter cannot be taken off again.
template <typename Body>
[[noreturn]] void exit_with_failing_call(unsigned call, unsigned error, Body body) {
    sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | error),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const sock_fprog filter{.len = std::size(steps), .filter = steps};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) {
        std::_Exit(2);
    }
    std::_Exit(body() ? 0 : 1);
}

}  // namespace onsite::testing
