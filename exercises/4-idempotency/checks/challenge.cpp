#include "exercises/4-idempotency/checks/challenge.hpp"

#include <algorithm>
#include <utility>

#include "base/rng.hpp"

namespace onsite::idempotency {

void add_challenge(scenarios::Scenario& scenario, const std::string& order) {
    // Of its own, so that it moves nothing else.
    Rng rng = Rng(scenario.seed).fork("challenge");
    const auto between_us = [&](std::int64_t from_ms, std::int64_t to_ms) {
        const auto width_ms = static_cast<std::uint64_t>(to_ms - from_ms);
        return 1000 * (from_ms + static_cast<std::int64_t>(rng.below(width_ms)));
    };
    const bool is_untold = std::ranges::any_of(
        scenario.webhook_faults, [](const auto& fault) { return fault.attempt == 0; });
    if (rng.below(4) != 0 || is_untold) return;
    scenarios::Step click{.at_us = between_us(0, 3000),
                          .order = order,
                          .amount = 100 + static_cast<std::int64_t>(rng.below(99'900)),
                          .currency = "usd",
                          .card = "pm_card_authenticationRequired"};
    const std::uint64_t how = rng.below(8);
    if (how < 2) click.authenticates_us = between_us(3000, 50'000);
    if (how >= 2 && how < 5) click.authenticates_us = between_us(70'000, 540'000);
    if (how >= 5 && how < 7) click.gives_up_us = between_us(3000, 50'000);
    scenario.steps.push_back(click);
    const bool is_given_up = std::exchange(click.gives_up_us, 0) > 0;
    // There the webhook that confirms comes once for an intent.
    if (!is_given_up || scenario.shop.flow == scenarios::Flow::confirm_on_webhook) return;
    click.at_us = between_us(60'000, 120'000);
    click.card = "pm_card_visa";
    scenario.steps.push_back(std::move(click));
}

}  // namespace onsite::idempotency
