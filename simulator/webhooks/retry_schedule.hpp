// When a delivery that failed is tried again.
#pragma once

#include <array>
#include <cstdint>
#include <numeric>

#include "simulator/core/timeline.hpp"

namespace onsite::simulator {

// The n-th pause follows the n-th attempt. Stripe documents "up to three days with an exponential
// back off" and publishes no intervals (docs.stripe.com/webhooks#retries); these are ours.
inline constexpr std::array<std::int64_t, 9> kRetryPauses = {kMinute,    5 * kMinute, 30 * kMinute,
                                                             2 * kHour,  5 * kHour,   10 * kHour,
                                                             12 * kHour, 18 * kHour,  24 * kHour};
static_assert(std::accumulate(kRetryPauses.begin(), kRetryPauses.end(), std::int64_t{0}) <=
              3 * kDay);

}  // namespace onsite::simulator
