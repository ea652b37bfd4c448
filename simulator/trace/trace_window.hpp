// The last lines of a trace, for who looks at it while the simulator runs.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace onsite::simulator {

inline constexpr std::size_t kTraceBytesMax = 64 << 20;

// Keeps whole lines up to a number of bytes; the oldest go first. Thread safety: none.
class TraceWindow {
public:
    explicit TraceWindow(std::size_t bytes_max = kTraceBytesMax) : bytes_max_(bytes_max) {}

    void add(std::string_view line);  // With its newline.
    void clear() { *this = TraceWindow(bytes_max_); }
    // The lines from number `from` on. When older ones were asked for and are gone, the first line
    // is {"ev":"dropped","lines":17}.
    std::string text(std::uint64_t from) const;

private:
    std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::uint64_t dropped_ = 0;
    std::deque<std::string> lines_ = {};
};

}  // namespace onsite::simulator
