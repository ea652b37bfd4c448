// Alerts as candidates write them: "rate(conflicts)/rate(payments) > 0.005".
//
//   alert  = clause { ("and" | "or") clause }       "and" binds more tightly
//   clause = series [ "/" series ] op number ["%"]
//   series = "rate(" metric [ "," minutes "m" ] ")" | "p50_ms" | "p95_ms"
//   op     = ">" | ">=" | "<" | "<="
//
// rate() is the sum over the last minutes, 5 when none are named, by the number of minutes. A
// clause whose divisor is 0 is false: nothing happened. All of it in whole numbers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/metrics.hpp"

namespace onsite::drill {

inline constexpr std::size_t kAlertBytesMax = 500;
inline constexpr std::size_t kClausesMax = 20;
inline constexpr std::int64_t kWindowMinutesMax = 60;
inline constexpr std::int64_t kThresholdMax = 1'000'000;

enum class Compare { more, at_least, less, at_most };

struct Series {
    Metric metric = Metric::payments;
    std::int64_t window = 5;  // Minutes; 1 for a percentile.
};

struct Clause {
    Series above = {};
    bool is_ratio = false;
    Series below = {};  // The divisor.
    Compare compare = Compare::more;
    std::int64_t threshold_millionths = 0;
};

struct Alert {
    std::vector<std::vector<Clause>> any_of = {};  // Each of which is an all-of.

    // The first minute at which it fires; -1 when it never does.
    std::int64_t first_minute(const Metrics& metrics) const;
};

// Errors: usage, in one sentence with the place: what was expected, what was found.
Result<Alert> parse_alert(std::string_view text);

}  // namespace onsite::drill
