#include "scenarios/checkers/checker.hpp"

#include <algorithm>
#include <array>

namespace onsite::scenarios {
namespace {

constexpr std::array kCheckers = {
    Checker{"authenticity", "a webhook is believed exactly when its signature is good",
            check_authenticity},
    Checker{"conservation", "no money appears or disappears, and no more is returned than was paid",
            check_conservation},
    Checker{"key_discipline", "an idempotency key belongs to one operation with one body",
            check_key_discipline},
    Checker{"minor_units", "what is charged is the price, in the currency's own minor unit",
            check_minor_units},
    Checker{"no_double_charge", "an operation moves money at most once", check_no_double_charge},
    Checker{"no_lost_charge", "what the shopper is told agrees with what was charged",
            check_no_lost_charge},
    Checker{"non_vacuity", "every fault of the scenario happened", check_non_vacuity},
    Checker{"one_effect_per_event", "an order is fulfilled once, and an event acts once",
            check_one_effect_per_event},
    Checker{"one_terminal_state", "an order that has ended stays as it ended",
            check_one_terminal_state},
    Checker{"paid_eventually", "what was charged is paid and fulfilled when the faults are over",
            check_paid_eventually},
    Checker{"provider_contract",
            "the provider replays, refuses and forgets keys as its profile says",
            check_provider_contract},
    Checker{"retry_discipline", "retries pause, and stop at a definite answer",
            check_retry_discipline},
};

}  // namespace

std::span<const Checker> checkers() { return kCheckers; }

const Checker* find_checker(std::string_view id) {
    const auto found = std::ranges::find(kCheckers, id, &Checker::id);
    return found == kCheckers.end() ? nullptr : &*found;
}

std::vector<Violation> judge(const RunRecord& run) {
    std::vector<Violation> broken;
    const auto& asked = run.scenario.checks;
    for (const Checker& checker : kCheckers) {
        if (!asked.empty() && std::ranges::find(asked, checker.id) == asked.end()) continue;
        auto found = checker.check(run);
        if (!found) continue;
        found->checker = std::string(checker.id);
        broken.push_back(std::move(*found));
    }
    return broken;
}

}  // namespace onsite::scenarios
