// Compared with the price that the shopper saw, not with what the shop computes back: a shop that
// multiplies and divides by the same wrong number agrees with itself. What is returned is compared
// with what the clerk asked for.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {

std::optional<Violation> check_minor_units(const RunRecord& run) {
    std::map<std::string_view, const TraceEvent*> prices;           // By order: the first click.
    std::map<std::string, const TraceEvent*, std::less<>> refunds;  // By operation.
    for (const TraceEvent& event : run.events) {
        if (event.is("step") && event.text("do") == "pay") {
            prices.try_emplace(event.text("order"), &event);
        }
        if (event.is("step") && event.text("do") == "refund") {
            refunds.try_emplace(fmt::format("{}.refund", event.text("refund")), &event);
        }
        if (event.is("refund")) {
            const auto asked = refunds.find(run.operation_of(event));
            if (asked == refunds.end() || asked->second->text("amount") == event.text("amount")) {
                continue;
            }
            return violation(run.operation_of(event), event,
                             fmt::format("expected {} to be returned, found {}",
                                         asked->second->text("amount"), event.text("amount")));
        }
        if (!event.is("charge")) continue;
        const auto price = prices.find(run.order_of(event));
        if (price == prices.end()) continue;
        const TraceEvent& seen = *price->second;
        if (event.text("amount") == seen.text("amount") &&
            event.text("currency") == seen.text("currency")) {
            continue;
        }
        return violation(
            run.order_of(event), event,
            fmt::format("expected {} {}, found {} {}", seen.text("amount"), seen.text("currency"),
                        event.text("amount"), event.text("currency")));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
