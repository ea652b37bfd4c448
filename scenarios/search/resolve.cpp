#include "scenarios/search/resolve.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/rng.hpp"
#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

using simulator::Fault;
using simulator::FaultKind;
using simulator::WebhookFault;

constexpr std::int64_t kEventsMax = 20;

// Each thing that is decided has a fork of the seed's generator: first whether it happens, then
// how.
bool falls(Rng& dice, const Ratio& ratio) {
    return dice.below(static_cast<std::uint64_t>(ratio.denominator)) <
           static_cast<std::uint64_t>(ratio.numerator);
}

// From 0 to that duration, in quarters of a second: short texts in files.
std::int64_t some_duration_us(Rng& dice, std::int64_t longest_us) {
    constexpr std::int64_t kStepUs = 250'000;
    const auto steps = static_cast<std::uint64_t>(longest_us / kStepUs);
    return static_cast<std::int64_t>(dice.below(steps + 1)) * kStepUs;
}

bool takes_time(FaultKind kind) {
    return kind == FaultKind::delay || kind == FaultKind::stall || kind == FaultKind::slow_drip;
}

void add_faults(Scenario& scenario, const Chaos& chaos, const Rng& root) {
    for (const std::string& operation : operations_of(scenario)) {
        for (std::int64_t attempt = 1; attempt <= chaos.attempts; ++attempt) {
            const Rng here = root.fork(operation).fork(std::to_string(attempt));
            for (const FaultChance& chance : chaos.faults) {
                Rng dice = here.fork(to_string(chance.at)).fork(to_string(chance.kind));
                if (!falls(dice, chance.ratio)) continue;
                if (scenario.faults.size() == simulator::kFaultsMax) return;
                Fault fault{.operation = operation,
                            .attempt = attempt,
                            .at = chance.at,
                            .kind = chance.kind};
                if (takes_time(chance.kind)) {
                    fault.delay_us = some_duration_us(dice, chaos.delay_us);
                }
                if (chance.kind == FaultKind::decline) fault.code = "insufficient_funds";
                scenario.faults.push_back(std::move(fault));
            }
        }
    }
}

void add_webhook_faults(Scenario& scenario, const Chaos& chaos, const Rng& root) {
    for (const auto& [type, count] : events_of(scenario)) {
        for (std::int64_t nth = 1; nth <= count; ++nth) {
            const Rng here = root.fork(type).fork(std::to_string(nth));
            for (const WebhookFaultChance& chance : chaos.webhooks) {
                Rng dice = here.fork(to_string(chance.kind));
                if (!falls(dice, chance.ratio)) continue;
                if (scenario.webhook_faults.size() == simulator::kWebhookFaultsMax) return;
                WebhookFault fault{
                    .event_type = std::string(type), .nth = nth, .kind = chance.kind};
                if (chance.kind == simulator::WebhookFaultKind::delay) {
                    fault.delay_us = some_duration_us(dice, chaos.delay_us);
                }
                scenario.webhook_faults.push_back(std::move(fault));
            }
        }
    }
}

void add_crashes(Scenario& scenario, const Chaos& chaos, const Rng& root,
                 std::span<const AwaitPoint> points) {
    for (const AwaitPoint& point : points) {
        Rng dice = root.fork(point.order).fork(point.await).fork(std::to_string(point.nth));
        if (point.order.empty() || !falls(dice, chaos.crashes)) continue;
        if (scenario.crashes.size() == kCrashesMax) return;
        scenario.crashes.push_back({.order = point.order,
                                    .await = point.await,
                                    .nth = point.nth,
                                    .is_after = dice.below(2) == 1});
    }
}

void add_jitter(Scenario& scenario, const Chaos& chaos, const Rng& root) {
    const auto longest_us = static_cast<std::uint64_t>(chaos.jitter_us);
    for (std::size_t i = 0; longest_us > 0 && i < scenario.steps.size(); ++i) {
        Rng dice = root.fork("step").fork(std::to_string(i));
        scenario.steps[i].at_us += static_cast<std::int64_t>(dice.below(longest_us + 1));
    }
}

}  // namespace

Scenario resolve(const Scenario& scenario, std::uint64_t seed, std::span<const AwaitPoint> points) {
    const Chaos chaos = scenario.chaos ? *scenario.chaos : usual_chaos();
    Scenario resolved = scenario;
    resolved.chaos.reset();
    resolved.seed = seed;
    resolved.checks = checks_without_vacuity(scenario);
    const Rng root(seed);
    add_jitter(resolved, chaos, root);
    add_faults(resolved, chaos, root);
    add_webhook_faults(resolved, chaos, root);
    add_crashes(resolved, chaos, root, points);
    return resolved;
}

Scenario calm(Scenario scenario) {
    scenario.faults.clear();
    scenario.webhook_faults.clear();
    scenario.crashes.clear();
    scenario.chaos.reset();
    return scenario;
}

std::vector<std::string> operations_of(const Scenario& scenario) {
    const bool is_one_call =
        scenario.shop.flow == Flow::one_call || scenario.shop.flow == Flow::fulfil_on_webhook;
    std::vector<std::string> names;
    std::set<std::string> known;
    const auto add = [&](const std::string& work, std::string_view request) {
        std::string name = fmt::format("{}.{}", work, request);
        if (known.insert(name).second) names.push_back(std::move(name));
    };
    for (const Step& step : scenario.steps) {
        switch (step.action) {
            case Action::pay:
                add(step.order, is_one_call ? "pay" : "create");
                if (!is_one_call) add(step.order, "confirm");
                break;
            case Action::change:
                break;
            case Action::cancel:
                add(step.order, "refund");
                break;
            case Action::refund:
                add(step.refund, "refund");
                break;
        }
    }
    return names;
}

std::vector<ExpectedEvents> events_of(const Scenario& scenario) {
    const auto clicks = std::ranges::count(scenario.steps, Action::pay, &Step::action);
    const std::int64_t count = std::min<std::int64_t>(clicks, kEventsMax);
    return {{"payment_intent.created", count},
            {"payment_intent.payment_failed", count},
            {"payment_intent.succeeded", count}};
}

std::vector<std::string> checks_without_vacuity(const Scenario& scenario) {
    std::vector<std::string> ids = scenario.checks;
    if (ids.empty()) {
        for (const Checker& checker : checkers()) {
            if (!checker.plays_again) ids.emplace_back(checker.id);
        }
    }
    std::erase(ids, kNonVacuity);
    return ids;
}

}  // namespace onsite::scenarios
