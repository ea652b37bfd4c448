// A job that the client ends with "paid" has a charge behind it. What the shop makes of that word
// is another matter: with some flows it waits for a webhook that never comes.
#include <set>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {

std::optional<Violation> check_paid_is_charged(const RunRecord& run) {
    std::set<std::string_view> charged;
    for (const TraceEvent& event : run.events) {
        if (event.is("charge")) charged.insert(run.order_of(event));
        if (!event.is("done") || event.text("status") != "paid") continue;
        const std::string_view order = event.text("order");
        if (charged.contains(order)) continue;
        return violation(order, event,
                         "expected a charge for an order that the client calls paid, found none");
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
