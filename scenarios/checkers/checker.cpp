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
            true, false},
    Checker{"duplicate_insensitivity", "orders end the same when events come once or twice",
            check_duplicate_insensitivity, true, false},
    Checker{"key_discipline", "an idempotency key belongs to one operation with one body",
            check_key_discipline},
    Checker{"minor_units",
            "what is charged or returned is what was asked, in the currency's own minor unit",
            check_minor_units},
    Checker{"no_double_charge", "an operation moves money at most once", check_no_double_charge},
    Checker{"no_lost_charge", "what the shopper is told agrees with what was charged",
            check_no_lost_charge},
    // A client that asks less often than ours meets fewer faults.
    Checker{kNonVacuity, "every fault of the scenario happened", check_non_vacuity, false, false},
    Checker{"one_effect_per_event", "an order is fulfilled once, and an event acts once",
            check_one_effect_per_event},
    Checker{"one_terminal_state", "an order that has ended stays as it ended",
            check_one_terminal_state},
    Checker{"order_independence", "orders end the same in whatever order events come",
            check_order_independence, true, false},
    Checker{"paid_eventually", "what was charged is paid and fulfilled when the faults are over",
            check_paid_eventually},
    // Ours to keep, whoever asks.
    Checker{"provider_contract",
            "the provider replays, refuses and forgets keys as its profile says",
            check_provider_contract, false, false},
    Checker{"retry_discipline", "retries pause, and stop at a definite answer or in the end",
            check_retry_discipline},
    // A client's pauses are told to it, and it has no dice.
    Checker{"retry_jitter", "those who failed together do not come back together",
            check_retry_jitter, false, false},
};

constexpr std::array kOnlyForClients = {
    Checker{"asked_at_once", "the first request of a payment leaves within five seconds",
            check_asked_at_once},
    Checker{"asked_often_enough", "a payment is called pending after all attempts, not before",
            check_asked_often_enough},
    Checker{"paid_as_possible", "an order that the reference gets paid is paid",
            check_paid_as_possible},
    Checker{"paid_is_charged", "what the client calls paid was charged", check_paid_is_charged},
};

}  // namespace

std::span<const Checker> checkers() { return kCheckers; }

const Checker* find_checker(std::string_view id) {
    const auto found = std::ranges::find(kCheckers, id, &Checker::id);
    return found == kCheckers.end() ? nullptr : &*found;
}

std::vector<const Checker*> checkers_of_clients() {
    std::vector<const Checker*> asked;
    for (const Checker& checker : kCheckers) {
        if (checker.is_for_clients) asked.push_back(&checker);
    }
    for (const Checker& checker : kOnlyForClients) asked.push_back(&checker);
    return asked;
}

std::vector<const Checker*> checkers_of_services() {
    std::vector<const Checker*> asked = checkers_of_clients();
    std::erase_if(asked, [](const Checker* one) {
        return one->check == check_paid_is_charged || one->check == check_asked_at_once ||
               one->check == check_asked_often_enough;
    });
    return asked;
}

std::vector<const Checker*> checkers_for(const RunRecord& run) {
    if (run.is_of_a_service()) return checkers_of_services();
    if (run.is_of_a_client()) return checkers_of_clients();
    const auto& named = run.scenario.checks;
    std::vector<const Checker*> asked;
    for (const Checker& checker : kCheckers) {
        const bool is_asked = named.empty() ? !checker.plays_again
                                            : std::ranges::find(named, checker.id) != named.end();
        if (is_asked) asked.push_back(&checker);
    }
    return asked;
}

std::vector<Violation> judge(const RunRecord& run) {
    std::vector<Violation> broken;
    for (const Checker* checker : checkers_for(run)) {
        auto found = checker->check(run);
        if (!found) continue;
        found->checker = std::string(checker->id);
        broken.push_back(std::move(*found));
    }
    return broken;
}

}  // namespace onsite::scenarios
