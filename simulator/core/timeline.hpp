// Virtual time and what is due in it: deliveries, retries, renewals.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <vector>

namespace onsite::simulator {

inline constexpr std::int64_t kSecond = 1'000'000;  // Microseconds, the unit of virtual time.
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;

// Moves only when told to, and only forward. Actions of one moment run in the order in which they
// were scheduled, so the same calls give the same run. Thread safety: none.
class Timeline {
public:
    using Action = std::function<void()>;

    explicit Timeline(std::int64_t start_us) : now_us_(start_us) {}

    std::int64_t now_us() const { return now_us_; }
    std::int64_t now_s() const { return now_us_ / kSecond; }

    // A moment in the past means now. Complexity: O(log scheduled).
    void at(std::int64_t moment_us, Action action);
    // Runs what is due up to and including that moment, also what these actions schedule; then it
    // is that moment. A moment in the past runs what is due now. `actions_max` bounds actions that
    // schedule each other: false when it was reached, and time stands where it was reached.
    bool advance_to(std::int64_t moment_us, std::uint64_t actions_max = kActionsMax);
    // The moment of the next action; nothing when none is scheduled.
    bool has_next() const { return !due_.empty(); }
    std::int64_t next_us() const { return due_.top().moment_us; }

    static constexpr std::uint64_t kActionsMax = 100'000'000;

private:
    struct Due {
        std::int64_t moment_us;
        std::uint64_t number;
        Action action;
        // Reversed: the queue has the greatest on top.
        bool operator<(const Due& other) const {
            return moment_us != other.moment_us ? moment_us > other.moment_us
                                                : number > other.number;
        }
    };

    std::int64_t now_us_;
    std::uint64_t scheduled_ = 0;
    std::priority_queue<Due> due_;
};

}  // namespace onsite::simulator
