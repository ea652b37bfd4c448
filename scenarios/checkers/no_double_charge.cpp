// At most one charge for an order, at most one refund for a refund: by the name that the work has
// at the client, which travels beside the request and is no part of what the shop may get wrong.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {

std::optional<Violation> check_no_double_charge(const RunRecord& run) {
    std::map<std::string_view, const TraceEvent*> moved;  // By order or refund.
    for (const TraceEvent& event : run.events) {
        if (!event.is("charge") && !event.is("refund")) continue;
        const std::string_view work =
            event.is("charge") ? run.order_of(event) : run.operation_of(event);
        const auto [first, is_new] = moved.try_emplace(work, &event);
        if (is_new) continue;
        return violation(
            work, event,
            fmt::format("expected one {}, that of line {}, found a second of {} {}", event.kind,
                        first->second->line, event.text("amount"), event.text("currency")));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
