// expect: crash - the same through /proc/self/mem, past page protection.
// A write to this file ignores that code is read only.
#include "contract/reconcile.hpp"

#include <cstdint>
#include <fcntl.h>
#include <unistd.h>

extern "C" int host_main(int, char**) __asm__("main");

namespace {

[[gnu::constructor]] void attack() {
    // xor eax, eax; ret
    static constexpr unsigned char kReturnZero[] = {0x31, 0xC0, 0xC3};
    const int memory = open("/proc/self/mem", O_RDWR | O_CLOEXEC);
    const auto address = reinterpret_cast<std::uintptr_t>(&host_main);
    if (pwrite(memory, kReturnZero, sizeof kReturnZero, static_cast<off_t>(address)) < 0) _exit(0);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
