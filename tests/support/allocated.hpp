// How much memory this process has allocated and not freed.
#pragma once

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#define ONSITE_HAS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONSITE_HAS_SANITIZER
#endif
#endif

#ifdef ONSITE_HAS_SANITIZER
// Of sanitizer/allocator_interface.h, which g++'s package leaves out.
extern "C" std::size_t __sanitizer_get_current_allocated_bytes();
#else
#include <malloc.h>
#endif

namespace onsite::testing {

// In bytes, as the allocator counts them.
inline std::size_t allocated_bytes() {
#ifdef ONSITE_HAS_SANITIZER
    return __sanitizer_get_current_allocated_bytes();
#else
    const struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
#endif
}

}  // namespace onsite::testing
