#include "simulator/core/fidelity.hpp"

#include <fmt/format.h>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

std::string fidelity_page() {
    std::string page = fmt::format(
        "# What the fake Stripe simulates\n\n"
        "Made by `onsite-simulate --fidelity` from the routes; a test keeps it current. Shapes are "
        "those of API version {}. **exact** means that nothing is known to differ from the page in "
        "the last column; nothing was checked against Stripe itself. A client that asks for an "
        "older version finds members that are gone since as well: before 2025-03-31 of invoices, "
        "their "
        "lines and items, subscriptions, payment intents and charges, before 2025-09-30 the coupon "
        "of discounts and promotion codes. An endpoint of Stripe that is "
        "not in this table answers 501, what Stripe does not have 404.\n\n"
        "| endpoint | fidelity | what is simplified | source |\n|---|---|---|---|\n",
        kApiVersion);
    for (const auto& table : route_tables()) {
        for (const Route& route : table) {
            page += fmt::format("| `{} {}` | {} | {} | {} |\n", to_string(route.method), route.path,
                                route.fidelity == Fidelity::exact ? "exact" : "simplified",
                                route.note, route.source);
        }
    }
    return page;
}

}  // namespace onsite::simulator
