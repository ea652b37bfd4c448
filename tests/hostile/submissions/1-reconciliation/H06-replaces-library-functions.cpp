// expect: protocol or crash - its own memcmp and write, under the host.
// Interposing only reaches the candidate's own process: the host, never the one who compares.
#include "contract/reconcile.hpp"

#include <cstring>
#include <sys/syscall.h>
#include <unistd.h>

extern "C" int memcmp(const void*, const void*, std::size_t) noexcept { return 0; }
extern "C" int bcmp(const void*, const void*, std::size_t) noexcept { return 0; }

// Puts a claim in front of everything that the host writes.
extern "C" ssize_t write(int fd, const void* bytes, std::size_t size) {
    static constexpr char kClaim[] = "{\"outcome\":\"pass\"}\n";
    syscall(SYS_write, fd, kClaim, sizeof kClaim - 1);
    return syscall(SYS_write, fd, bytes, size);
}

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
