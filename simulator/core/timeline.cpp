#include "simulator/core/timeline.hpp"

#include <algorithm>
#include <utility>

namespace onsite::simulator {

void Timeline::at(std::int64_t moment_us, Action action) {
    due_.push({std::max(moment_us, now_us_), scheduled_++, std::move(action)});
}

bool Timeline::advance_to(std::int64_t moment_us, std::uint64_t actions_max) {
    const std::int64_t end_us = std::max(moment_us, now_us_);
    for (std::uint64_t done = 0; !due_.empty() && due_.top().moment_us <= end_us; ++done) {
        if (done == actions_max) return false;
        Due next = std::move(const_cast<Due&>(due_.top()));  // top() is const, and gone at once.
        due_.pop();
        now_us_ = next.moment_us;
        next.action();
    }
    now_us_ = end_us;
    return true;
}

}  // namespace onsite::simulator
