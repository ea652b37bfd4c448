// Durations as people write them: "250ms", "2s", "72h". Whole numbers only, so that a scenario
// means the same on every machine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onsite {
class JsonReader;
}

namespace onsite::scenarios {

// A year: far beyond the three days in which a webhook is tried again.
inline constexpr std::int64_t kDurationMaxUs = 366LL * 24 * 3600 * 1'000'000;

// Microseconds. Nothing for another form, a negative number, and more than kDurationMaxUs.
// Units: us, ms, s, m, h, d.
std::optional<std::int64_t> parse_duration(std::string_view text);

// The same with the largest unit that divides it: 120,000,000 is "2m", 0 is "0s".
// REQUIRES: 0 <= duration_us.
std::string to_duration(std::int64_t duration_us);

// The member of that name as a duration; complains to the reader when it is none.
std::int64_t duration_or(JsonReader& reader, const char* key, std::int64_t fallback_us);

}  // namespace onsite::scenarios
