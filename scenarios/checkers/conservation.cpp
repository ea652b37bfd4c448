// The provider's books: each currency sums to zero, cardholders have paid what was charged less
// what was refunded, and no charge returned more than it took. Disputes and payouts are not told
// apart: scenarios have none.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::string_view kPlaces[] = {"pending", "available", "cardholders",
                                        "fees",    "disputes",  "bank"};

}  // namespace

std::optional<Violation> check_conservation(const RunRecord& run) {
    std::map<std::string_view, std::int64_t> left;  // By charge: what refunds can still return.
    std::map<std::string_view, std::int64_t> paid;  // By currency.
    for (const TraceEvent& event : run.events) {
        const std::int64_t amount = event.number("amount");
        if (event.is("charge")) {
            left[event.text("charge")] += amount;
            paid[event.text("currency")] += amount;
        } else if (event.is("refund")) {
            paid[event.text("currency")] -= amount;
            std::int64_t& rest = left[event.text("charge")];
            rest -= amount;
            if (rest >= 0) continue;
            return violation(run.order_of(event), event,
                             fmt::format("expected refunds of at most what was charged, found {} "
                                         "more",
                                         -rest));
        } else if (event.is("balance")) {
            std::int64_t sum = 0;
            for (const std::string_view place : kPlaces) sum += event.number(place);
            if (sum != 0) {
                return violation("", event, fmt::format("expected a sum of 0, found {}", sum));
            }
            const std::int64_t expected = -paid[event.text("currency")];
            if (event.number("cardholders") == expected) continue;
            return violation("", event,
                             fmt::format("expected cardholders at {}, found {}", expected,
                                         event.number("cardholders")));
        }
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
