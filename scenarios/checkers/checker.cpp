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
    Checker{"crash_anywhere", "the shop survives a crash wherever it waits", check_crash_anywhere,
            true},
    Checker{"duplicate_insensitivity", "orders end the same when events come once or twice",
            check_duplicate_insensitivity, true},
    Checker{"key_discipline", "an idempotency key belongs to one operation with one body",
            check_key_discipline},
    Checker{"minor_units",
            "what is charged or returned is what was asked, in the currency's own minor unit",
            check_minor_units},
    Checker{"no_double_charge", "an operation moves money at most once", check_no_double_charge},
    Checker{"no_lost_charge", "what the shopper is told agrees with what was charged",
            check_no_lost_charge},
    Checker{"non_vacuity", "every fault of the scenario happened", check_non_vacuity},
    Checker{"one_effect_per_event", "an order is fulfilled once, and an event acts once",
            check_one_effect_per_event},
    Checker{"one_terminal_state", "an order that has ended stays as it ended",
            check_one_terminal_state},
    Checker{"order_independence", "orders end the same in whatever order events come",
            check_order_independence, true},
    Checker{"paid_eventually", "what was charged is paid and fulfilled when the faults are over",
            check_paid_eventually},
    Checker{"provider_contract",
            "the provider replays, refuses and forgets keys as its profile says",
            check_provider_contract},
    Checker{"retry_discipline", "retries pause, and stop at a definite answer or in the end",
            check_retry_discipline},
    Checker{"retry_jitter", "those who failed together do not come back together",
            check_retry_jitter},
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
        const bool is_asked = asked.empty() ? !checker.plays_again
                                            : std::ranges::find(asked, checker.id) != asked.end();
        if (!is_asked) continue;
        auto found = checker.check(run);
        if (!found) continue;
        found->checker = std::string(checker.id);
        broken.push_back(std::move(*found));
    }
    return broken;
}

}  // namespace onsite::scenarios
