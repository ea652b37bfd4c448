// Time comes in as an argument, so that everything that depends on it can be tested without
// waiting.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace onsite {

inline constexpr std::int64_t kNsPerMs = 1'000'000;
inline constexpr std::int64_t kNsPerSecond = 1'000'000'000;
inline constexpr std::int64_t kMsPerMinute = 60'000;
inline constexpr std::int64_t kMsPerDay = 86'400'000;

class Clock {
public:
    virtual ~Clock() = default;
    // Milliseconds since 1970-01-01T00:00:00Z; may jump when the machine's clock is set.
    virtual std::int64_t now_ms() = 0;
    // Nanoseconds since an arbitrary start; never goes back. For durations and deadlines.
    virtual std::int64_t monotonic_ns() = 0;
    // Nanoseconds that the calling thread has stood in line for a processor since it began: how
    // busy the machine is with others. 0 where the system does not count them.
    virtual std::int64_t queued_ns() { return 0; }
};

// The machine's clocks. Created in main and nowhere else. Thread safety: yes.
class SystemClock final : public Clock {
public:
    std::int64_t now_ms() override;
    std::int64_t monotonic_ns() override;
    // docs.kernel.org/scheduler/sched-stats.html; some 20 µs.
    std::int64_t queued_ns() override;
};

// A clock that moves only when told to. Thread safety: none.
class SimulatedClock final : public Clock {
public:
    explicit SimulatedClock(std::int64_t start_ms) : now_ms_(start_ms) {}
    std::int64_t now_ms() override { return now_ms_; }
    std::int64_t monotonic_ns() override { return now_ms_ * kNsPerMs; }
    void advance_ms(std::int64_t by_ms) { now_ms_ += by_ms; }

private:
    std::int64_t now_ms_;
};

// "2026-03-01T10:11:12Z" (RFC 3339, UTC).
std::string to_rfc3339(std::int64_t unix_ms);
// The seconds since 1970 of a moment in exactly this form; nothing for any other text, and for a
// day that is in no calendar.
std::optional<std::int64_t> parse_rfc3339(std::string_view text);

}  // namespace onsite
