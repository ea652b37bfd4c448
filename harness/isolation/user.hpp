// The user that a boxed program really is.
#pragma once

#include <optional>
#include <sys/types.h>

namespace onsite {

// A user id of nobody else, when we are root and can become it; none otherwise. Every call gives
// another one, so that RLIMIT_NPROC counts the processes of one box. Thread safety: yes.
std::optional<uid_t> unprivileged_user();

}  // namespace onsite
