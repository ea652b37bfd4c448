#include "base/clock.hpp"

#include <chrono>
#include <ctime>
#include <fstream>

#include "base/ascii.hpp"

namespace onsite {

std::int64_t SystemClock::now_ms() {
    using std::chrono::system_clock;
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               system_clock::now().time_since_epoch())
        .count();
}

std::int64_t SystemClock::monotonic_ns() {
    using std::chrono::steady_clock;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               steady_clock::now().time_since_epoch())
        .count();
}

std::int64_t SystemClock::queued_ns() {
    std::int64_t ran_ns = 0;
    std::int64_t queued_ns = 0;
    std::ifstream counts("/proc/thread-self/schedstat");
    return counts >> ran_ns >> queued_ns ? queued_ns : 0;
}

std::string to_rfc3339(std::int64_t unix_ms) {
    const std::time_t seconds = static_cast<std::time_t>(unix_ms / 1000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return text;
}

std::optional<std::int64_t> parse_rfc3339(std::string_view text) {
    constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
    if (text.size() != kForm.size()) return std::nullopt;
    for (std::size_t i = 0; i < kForm.size(); ++i) {
        const bool is_good = kForm[i] == '0' ? is_digit(text[i]) : text[i] == kForm[i];
        if (!is_good) return std::nullopt;
    }
    const auto number = [&](std::size_t at, std::size_t digits) {
        int value = 0;
        for (const char c : text.substr(at, digits)) value = value * 10 + (c - '0');
        return value;
    };
    std::tm utc{};
    utc.tm_year = number(0, 4) - 1900;
    utc.tm_mon = number(5, 2) - 1;
    utc.tm_mday = number(8, 2);
    utc.tm_hour = number(11, 2);
    utc.tm_min = number(14, 2);
    utc.tm_sec = number(17, 2);
    const std::int64_t seconds = timegm(&utc);
    // timegm() takes the 31st of June for the 1st of July.
    if (to_rfc3339(seconds * 1000) != text) return std::nullopt;
    return seconds;
}

}  // namespace onsite
