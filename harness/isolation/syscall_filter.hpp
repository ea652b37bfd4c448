// The system calls that a boxed program has no business with, as a seccomp filter.
#pragma once

#include "base/descriptor.hpp"
#include "base/error.hpp"

namespace onsite {

// The filter as a file that bubblewrap can read (bwrap --seccomp FD), at its beginning.
// Errors: tool, when libseccomp cannot build it.
Result<Descriptor> syscall_filter();

}  // namespace onsite
