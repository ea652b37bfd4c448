#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"

#include <algorithm>
#include <new>
#include <sys/mman.h>

namespace onsite::reconcile {
namespace {

constexpr std::size_t kHugePageBytes = 2 << 20;
constexpr std::size_t kPageBytesMin = 4 << 10;

std::size_t in_whole_pages(std::size_t bytes) {
    return (bytes + kHugePageBytes - 1) / kHugePageBytes * kHugePageBytes;
}

}  // namespace

HugeMemory::HugeMemory(std::size_t bytes) : bytes_(in_whole_pages(bytes)) {
    // One page more than needed, so that an aligned part can be cut out of it.
    const std::size_t asked = bytes_ + kHugePageBytes;
    void* const got = ::mmap(nullptr, asked, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (got == MAP_FAILED) throw std::bad_alloc();
    char* const begin = static_cast<char*>(got);
    const std::size_t past = reinterpret_cast<std::uintptr_t>(begin) % kHugePageBytes;
    const std::size_t skipped = past == 0 ? 0 : kHugePageBytes - past;
    base_ = begin + skipped;
    if (skipped > 0) ::munmap(begin, skipped);
    ::munmap(base_ + bytes_, kHugePageBytes - skipped);
    // Advice only: without huge pages it is slower, not wrong.
    ::madvise(base_, bytes_, MADV_HUGEPAGE);
}

HugeMemory::~HugeMemory() {
    if (base_ != nullptr) ::munmap(base_, bytes_);
}

void HugeMemory::touch() {
    volatile char* const bytes = base_;
    for (std::size_t at = 0; at < bytes_; at += kPageBytesMin) bytes[at] = 0;
}

HugeMemory HugeMemory::split_off(std::size_t bytes) {
    HugeMemory end;
    end.bytes_ = std::min(bytes, bytes_);
    bytes_ -= end.bytes_;
    end.base_ = base_ + bytes_;
    if (bytes_ == 0) base_ = nullptr;
    return end;
}

}  // namespace onsite::reconcile
