// At the horizon, when the faults are long over: what was charged belongs to an order that is paid
// and fulfilled, and no order is left between two states, but one that waits for a shopper who
// never answers. One that is cancelled is the business of one_terminal_state.
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

bool is_rest(std::string_view status) {
    return status == "paid" || status == "cancelled" || status == "declined" || status == "failed";
}

}  // namespace

std::optional<Violation> check_paid_eventually(const RunRecord& run) {
    std::map<std::string_view, const TraceEvent*> latest;   // By order: its last change.
    std::map<std::string_view, const TraceEvent*> charges;  // By order.
    std::set<std::string_view> fulfilled;
    std::set<std::string_view> challenged;  // Orders whose shopper has not answered.
    for (const TraceEvent& event : run.events) {
        if (event.is("state")) latest[event.text("order")] = &event;
        if (event.is("charge")) charges[run.order_of(event)] = &event;
        if (event.is("challenge")) challenged.insert(event.text("order"));
        if (event.is("authentication")) challenged.erase(event.text("order"));
        if (event.is("effect")) fulfilled.insert(event.text("order"));
    }
    for (const auto& [order, charge] : charges) {
        const auto change = latest.find(order);
        const std::string_view status =
            change == latest.end() ? "unknown" : change->second->text("to");
        if (status == "cancelled") continue;
        if (status != "paid") {
            return violation(order, *charge,
                             fmt::format("expected a charged order to be paid in the end, found it "
                                         "{}",
                                         status));
        }
        if (!fulfilled.contains(order)) {
            return violation(order, *charge, "expected a paid order to be fulfilled, it never was");
        }
    }
    for (const auto& [order, change] : latest) {
        const std::string_view status = change->text("to");
        if (is_rest(status) || (status == "pending" && challenged.contains(order))) continue;
        return violation(order, *change,
                         fmt::format("expected the order to come to an end, it stayed {}", status));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
