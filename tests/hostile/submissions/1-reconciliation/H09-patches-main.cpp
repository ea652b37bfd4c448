// expect: crash - overwrites the host's main in memory so that it returns 0.
// The host holds nothing that is worth changing: without replies there is no pass.
#include "contract/reconcile.hpp"

#include <cstdint>
#include <cstring>
#include <sys/mman.h>
#include <unistd.h>

extern "C" int host_main(int, char**) __asm__("main");

namespace {

[[gnu::constructor]] void attack() {
    // xor eax, eax; ret
    static constexpr unsigned char kReturnZero[] = {0x31, 0xC0, 0xC3};
    const auto page_bytes = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
    const auto address = reinterpret_cast<std::uintptr_t>(&host_main);
    void* const page = reinterpret_cast<void*>(address & ~(page_bytes - 1));
    if (mprotect(page, 2 * page_bytes, PROT_READ | PROT_WRITE | PROT_EXEC) != 0) _exit(0);
    std::memcpy(reinterpret_cast<void*>(address), kReturnZero, sizeof kReturnZero);
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) { return {}; }

}  // namespace onsite::reconciliation
