#include "harness/loop/schedule.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/clock.hpp"

namespace onsite {
namespace {

constexpr std::size_t kDecimalsMax = 6;

bool is_all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == text.npos;
}

std::string clock_face(std::int64_t seconds) {
    const std::int64_t minutes = seconds / 60;
    if (minutes < 60) return fmt::format("{}:{:02}", minutes, seconds % 60);
    return fmt::format("{}:{:02}:{:02}", minutes / 60, minutes % 60, seconds % 60);
}

}  // namespace

std::int64_t followup_due_ms(int number, int total, std::int64_t allowed_ms) {
    const int span = kLastFollowUpPercent - kFirstFollowUpPercent;
    const int steps = std::max(1, total - 1);
    // One division at the end, so that nothing is rounded twice.
    return allowed_ms * (kFirstFollowUpPercent * steps + span * (number - 1)) / (100 * steps);
}

int followups_due(int total, std::int64_t used_ms, std::int64_t allowed_ms) {
    int due = 0;
    while (due < total && used_ms >= followup_due_ms(due + 1, total, allowed_ms)) ++due;
    return due;
}

Result<std::int64_t> parse_minutes_scale(std::string_view text) {
    const auto wrong = [&] {
        return usage_error(
            fmt::format("expected a scale above 0 and up to {}, such as 0.01; found "
                        "\"{}\"",
                        kMinutesScaleMax, text.substr(0, 40)));
    };
    const auto point = std::min(text.find('.'), text.size());
    const std::string_view whole = text.substr(0, point);
    std::string decimals(text.substr(std::min(point + 1, text.size())));
    const bool has_digits = !whole.empty() && (point == text.size() || !decimals.empty());
    if (!has_digits || whole.size() > 2 || decimals.size() > kDecimalsMax ||
        !is_all_digits(whole) || !is_all_digits(decimals)) {
        return wrong();
    }
    decimals.resize(kDecimalsMax, '0');
    const std::string digits = std::string(whole) + decimals;
    std::int64_t scale = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), scale);
    if (scale < 1 || scale > kMinutesScaleMax * kScaleOne) return wrong();
    return scale;
}

std::int64_t scaled_ms(int minutes, std::int64_t scale) {
    return std::max<std::int64_t>(1, std::int64_t{minutes} * kMsPerMinute * scale / kScaleOne);
}

std::string time_left_face(std::int64_t ms) {
    return clock_face(std::max<std::int64_t>(0, ms + 999) / 1'000);
}

std::string time_used_face(std::int64_t ms) {
    return clock_face(std::max<std::int64_t>(0, ms) / 1'000);
}

}  // namespace onsite
