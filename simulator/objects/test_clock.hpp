// Source: docs.stripe.com/api/test_clocks.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "simulator/core/timeline.hpp"

namespace onsite::simulator {

struct TestClock {
    std::string id;  // "clock_"
    std::int64_t created = 0;
    bool is_deleted = false;
    std::string name = {};
    bool is_advancing = false;
    std::int64_t target_s = 0;
    // The time of its customers. A pointer, so that actions may hold on to the timeline.
    std::unique_ptr<Timeline> timeline;
};

}  // namespace onsite::simulator
