// The frame of every main.
#pragma once

#include <functional>

namespace onsite {

// Opens the standard streams, and gives the exit status of `run`. What it throws (no memory, a file
// system that fails where nobody looked) becomes one line and kExitToolFailed.
int guarded_main(const std::function<int()>& run);

}  // namespace onsite
