#include "harness/review/parts.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite {

std::vector<TimedPart> timed_parts(std::span<const Event> events, int grade) {
    std::vector<TimedPart> parts;
    if (events.empty()) return parts;
    std::string name = "the brief";
    std::int64_t since_ms = events.front().at_ms;
    std::int64_t until_ms = since_ms;
    const auto end_part = [&] {
        parts.push_back({name, std::max<std::int64_t>(0, until_ms - since_ms)});
        since_ms = until_ms;
    };
    for (const Event& event : events) {
        until_ms = event.at_ms;
        if (event.kind == EventKind::graded && event.number == grade) break;
        if (event.kind != EventKind::followup) continue;
        end_part();
        name = fmt::format("follow-up {}", event.number);
    }
    end_part();
    return parts;
}

}  // namespace onsite
