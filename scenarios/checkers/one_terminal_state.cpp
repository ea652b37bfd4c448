// Paid and cancelled are ends: an order leaves neither, and is not cancelled while its money is
// kept.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

bool is_end(std::string_view status) { return status == "paid" || status == "cancelled"; }

}  // namespace

std::optional<Violation> check_one_terminal_state(const RunRecord& run) {
    std::map<std::string_view, std::string_view> status;    // By order.
    std::map<std::string_view, const TraceEvent*> charges;  // By charge: not returned.
    for (const TraceEvent& event : run.events) {
        if (event.is("charge")) charges[event.text("charge")] = &event;
        if (event.is("refund")) charges.erase(event.text("charge"));
        if (!event.is("state")) continue;
        if (is_end(event.text("from"))) {
            return violation(event.text("order"), event,
                             fmt::format("expected the order to stay {}, found {}",
                                         event.text("from"), event.text("to")));
        }
        status[event.text("order")] = event.text("to");
    }
    for (const auto& [id, charge] : charges) {
        const std::string_view order = run.order_of(*charge);
        if (status[order] != "cancelled") continue;
        return violation(order, *charge,
                         fmt::format("expected no money of a cancelled order, found {} {}",
                                     charge->text("amount"), charge->text("currency")));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
