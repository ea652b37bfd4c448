// How long a service has to wait before a retry, as far as that can be measured from outside.
#pragma once

#include <algorithm>
#include <cstdint>

#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// How much too early a timer may fire: those of some languages round.
inline constexpr std::int64_t kServiceTimerUs = 10'000;

// The first back-off, less the window in which virtual time stands, and what a timer rounds.
inline std::int64_t service_pause_us(const ShopSettings& settings, std::int64_t window_us) {
    const std::int64_t pause_us = settings.backoff_us.empty() ? 0 : settings.backoff_us.front();
    return std::max<std::int64_t>(0, pause_us - window_us - kServiceTimerUs);
}

}  // namespace onsite::scenarios
