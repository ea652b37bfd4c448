// The log of an attempt as it was written, for whoever wants more than the state that follows.
#pragma once

#include <vector>

#include "base/error.hpp"
#include "harness/attempt/attempt.hpp"

namespace onsite {

// In their order; a last line that was torn by a crash is left out. Errors: as open_attempt.
Result<std::vector<Event>> read_events(const Attempt& attempt);

}  // namespace onsite
