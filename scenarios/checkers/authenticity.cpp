// A delivery is believed when its signature is good at the moment it arrives, and only then. What
// the shop does with it later is not looked at.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {

std::optional<Violation> check_authenticity(const RunRecord& run) {
    std::map<std::int64_t, const TraceEvent*> genuine;  // Not believed yet.
    for (const TraceEvent& event : run.events) {
        if (event.is("hook_got") && event.text("signature") == "good") {
            genuine.emplace(event.line, &event);
        }
        if (!event.is("accept")) continue;
        const auto line = static_cast<std::size_t>(event.number("cause"));
        if (line >= run.events.size()) continue;
        const TraceEvent& received = run.events[line];
        genuine.erase(received.line);
        if (received.text("signature") == "good") continue;
        return violation(event.text("event"), event,
                         fmt::format("expected the delivery to be refused, its signature is {}",
                                     received.text("signature")));
    }
    if (genuine.empty()) return std::nullopt;
    const TraceEvent& refused = *genuine.begin()->second;
    return violation(refused.text("event"), refused,
                     "expected a genuine delivery to be believed, it never was");
}

}  // namespace onsite::scenarios
