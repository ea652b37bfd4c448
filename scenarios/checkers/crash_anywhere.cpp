// Wherever the shop's process ends, before or after what it waits for is done, it keeps its
// promises once it runs again. The run is played again for each await of the shop, twice.
// Complexity: two runs for each await.
#include <array>

#include <fmt/format.h>

#include "scenarios/checkers/again.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {
namespace {

// What a crash must not break. Keys and pauses are other checkers' business.
constexpr std::array<std::string_view, 6> kPromises = {"conservation",       "no_double_charge",
                                                       "no_lost_charge",     "one_effect_per_event",
                                                       "one_terminal_state", "paid_eventually"};

std::optional<Violation> crash_at(const RunRecord& run, const Crash& crash) {
    Scenario other = run.scenario;
    other.checks.assign(kPromises.begin(), kPromises.end());
    other.crashes.push_back(crash);
    const auto again = play_again(run, other);
    if (!again) return std::nullopt;
    const auto broken = judge(*again);
    if (broken.empty()) return std::nullopt;
    return violation(broken.front().operation, run.events.back(),
                     fmt::format("expected the shop to survive a crash {} {} {} of {}, found {} "
                                 "broken: {}",
                                 crash.is_after ? "after" : "before", crash.await, crash.nth,
                                 crash.order, broken.front().checker, broken.front().message));
}

}  // namespace

std::optional<Violation> check_crash_anywhere(const RunRecord& run) {
    const ShopKind* const shop = find_shop(run.shop);
    if (shop == nullptr) return std::nullopt;
    for (const AwaitPoint& point : play(run.scenario, *shop, Header::without_scenario).points) {
        if (point.order.empty()) continue;
        for (const bool is_after : {false, true}) {
            auto broken = crash_at(run, {.order = point.order,
                                         .await = point.await,
                                         .nth = point.nth,
                                         .is_after = is_after});
            if (broken) return broken;
        }
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
