// What cannot be taken back happens once: for an order, and because of an event.
#include <map>
#include <utility>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {

std::optional<Violation> check_one_effect_per_event(const RunRecord& run) {
    std::map<std::pair<std::string_view, std::string_view>, std::int64_t> done;  // Kind, order.
    for (const TraceEvent& event : run.events) {
        if (!event.is("effect")) continue;
        const auto [first, is_new] =
            done.try_emplace({event.text("kind"), event.text("order")}, event.line);
        if (is_new) continue;
        return violation(event.text("order"), event,
                         fmt::format("expected one {}, that of line {}, found a second because of "
                                     "{}",
                                     event.text("kind"), first->second, event.text("by")));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
