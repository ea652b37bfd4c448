// When an interviewer would speak up. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace onsite {

// The first follow-up comes at 40 % of a section's time and the last one at 70 %, the others evenly
// between them; a single one comes at 40 %.
inline constexpr int kFirstFollowUpPercent = 40;
inline constexpr int kLastFollowUpPercent = 70;

// The moment of follow-up `number` of `total`, on the section's clock.
// REQUIRES: 1 <= number <= total.
std::int64_t followup_due_ms(int number, int total, std::int64_t allowed_ms);

// How many of the follow-ups are due.
int followups_due(int total, std::int64_t used_ms, std::int64_t allowed_ms);

// What fraction of the real minutes an interview takes, in millionths: "0.01" -> 10'000.
// Errors: usage, unless it is a decimal number above 0, at most kMinutesScaleMax, with at most six
// digits after the point.
Result<std::int64_t> parse_minutes_scale(std::string_view text);
inline constexpr std::int64_t kScaleOne = 1'000'000;
inline constexpr std::int64_t kMinutesScaleMax = 10;

// The minutes at that scale; at least a millisecond.
std::int64_t scaled_ms(int minutes, std::int64_t scale);

// "32:05", and from an hour on "1:00:00". What is left is rounded up to the second, so that 0:00
// means over; what was used is rounded down.
std::string time_left_face(std::int64_t ms);
std::string time_used_face(std::int64_t ms);

}  // namespace onsite
