#include "harness/isolation/syscall_filter.hpp"

#include <cerrno>
#include <cstring>
#include <memory>
#include <sched.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/socket.h>

#include <fmt/format.h>

namespace onsite {
namespace {

#if defined(__clang__)  // libseccomp's macros are compound literals of C.
#pragma clang diagnostic ignored "-Wc99-extensions"
#endif

// Ways to look into or steer other processes, to reach the kernel's rarely used and often broken
// parts, to leave things behind for a later run, and to build another box inside the box.
// clang-format off
constexpr int kDenied[] = {
    SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(kcmp),
    SCMP_SYS(process_madvise), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    SCMP_SYS(bpf), SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(fanotify_init),
    SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(keyctl),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
    SCMP_SYS(chroot), SCMP_SYS(fsopen), SCMP_SYS(fsconfig), SCMP_SYS(fsmount), SCMP_SYS(fspick),
    SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(mount_setattr),
    SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at),
    SCMP_SYS(init_module), SCMP_SYS(finit_module), SCMP_SYS(delete_module),
    SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(reboot), SCMP_SYS(acct),
    SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(quotactl), SCMP_SYS(syslog),
    SCMP_SYS(iopl), SCMP_SYS(ioperm),
    SCMP_SYS(clock_settime), SCMP_SYS(clock_adjtime), SCMP_SYS(adjtimex), SCMP_SYS(settimeofday),
};
constexpr unsigned kNamespaceFlags[] = {CLONE_NEWUSER, CLONE_NEWNS,  CLONE_NEWPID,
                                        CLONE_NEWNET,  CLONE_NEWIPC, CLONE_NEWUTS,
                                        CLONE_NEWCGROUP};
// clang-format on

struct FilterDeleter {
    void operator()(void* filter) const { seccomp_release(filter); }
};
using Filter = std::unique_ptr<void, FilterDeleter>;

constexpr std::uint32_t kRefused = SCMP_ACT_ERRNO(EPERM);

// A system call that this architecture does not have needs no rule.
bool was_added(int status) { return status == 0 || status == -EDOM; }

bool deny_namespaces(const Filter& filter) {
    bool is_complete = true;
    for (const unsigned flag : kNamespaceFlags) {
        is_complete &= was_added(seccomp_rule_add(filter.get(), kRefused, SCMP_SYS(clone), 1,
                                                  SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag)));
    }
    // The flags of clone3 are in memory, where a filter cannot look; libraries fall back to clone.
    is_complete &=
        was_added(seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0));
    return is_complete;
}

// Some address families ignore network namespaces (AF_VSOCK reaches the hypervisor).
bool deny_odd_sockets(const Filter& filter) {
    bool is_complete = true;
    for (unsigned family = 0; family <= AF_NETLINK; ++family) {
        if (family == AF_UNIX || family == AF_INET || family == AF_INET6 || family == AF_NETLINK) {
            continue;
        }
        is_complete &= was_added(seccomp_rule_add(filter.get(), kRefused, SCMP_SYS(socket), 1,
                                                  SCMP_A0(SCMP_CMP_EQ, family)));
    }
    return is_complete && was_added(seccomp_rule_add(filter.get(), kRefused, SCMP_SYS(socket), 1,
                                                     SCMP_A0(SCMP_CMP_GT, AF_NETLINK)));
}

Filter build_filter() {
    Filter filter(seccomp_init(SCMP_ACT_ALLOW));
    bool is_complete = filter != nullptr;
    for (const int number : kDenied) {
        is_complete = is_complete && was_added(seccomp_rule_add(filter.get(), kRefused, number, 0));
    }
    is_complete = is_complete && deny_namespaces(filter) && deny_odd_sockets(filter);
    return is_complete ? std::move(filter) : nullptr;
}

}  // namespace

Result<Descriptor> syscall_filter() {
    const Filter filter = build_filter();
    Descriptor file(memfd_create("onsite-syscalls", MFD_CLOEXEC));
    if (!filter || !file.is_open() || seccomp_export_bpf(filter.get(), file.get()) != 0 ||
        lseek(file.get(), 0, SEEK_SET) != 0) {
        return tool_error(fmt::format(
            "expected libseccomp to build a filter of system calls, found: {}; the kernel needs "
            "CONFIG_SECCOMP_FILTER",
            std::strerror(errno)));
    }
    return file;
}

}  // namespace onsite
