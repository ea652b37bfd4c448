#include "scenarios/search/sweep.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/search/in_order.hpp"
#include "scenarios/search/resolve.hpp"
#include "scenarios/search/trial.hpp"

namespace onsite::scenarios {
namespace {

using simulator::Fault;
using simulator::FaultKind;
using simulator::WebhookFault;
using simulator::WebhookFaultKind;

constexpr std::int64_t kFaultDelayUs = 3 * simulator::kSecond;    // Longer than a usual deadline.
constexpr std::int64_t kWebhookDelayUs = 5 * simulator::kSecond;  // Later than all that is usual.

class Trials {
public:
    explicit Trials(const Scenario& scenario) : base_(scenario) {
        base_.chaos.reset();
        // It says whether what is tried happened at all.
        if (!base_.checks.empty()) base_.checks.emplace_back(kNonVacuity);
    }

    template <typename Change>
    void add(std::string where, std::string what, const Change& change) {
        if (all_.size() == kTrialsMax) return;
        all_.push_back({.where = std::move(where), .what = std::move(what), .scenario = base_});
        change(all_.back().scenario);
    }
    std::vector<Trial> take() { return std::move(all_); }

private:
    Scenario base_;
    std::vector<Trial> all_;
};

void add_faults(const Scenario& scenario, Trials& trials) {
    for (const std::string& operation : operations_of(scenario)) {
        for (std::int64_t attempt = 1; attempt <= kSweepAttempts; ++attempt) {
            for (const FaultChance& fault : every_fault()) {
                Fault tried{.operation = operation,
                            .attempt = attempt,
                            .at = fault.at,
                            .kind = fault.kind,
                            .delay_us = kFaultDelayUs};
                if (fault.kind == FaultKind::decline) tried.code = "insufficient_funds";
                trials.add(fmt::format("{} attempt {}", operation, attempt), name_of(fault),
                           [&](Scenario& changed) { changed.faults.push_back(tried); });
            }
        }
    }
}

void add_webhook_faults(const Scenario& scenario, Trials& trials) {
    for (const auto& [type, count] : events_of(scenario)) {
        for (std::int64_t nth = 1; nth <= count; ++nth) {
            for (const WebhookFaultKind kind : simulator::kWebhookFaultKinds) {
                const bool is_delay = kind == WebhookFaultKind::delay;
                const WebhookFault tried{.event_type = std::string(type),
                                         .nth = nth,
                                         .kind = kind,
                                         .delay_us = is_delay ? kWebhookDelayUs : 0};
                trials.add(fmt::format("{} {}", type, nth), std::string(to_string(kind)),
                           [&](Scenario& changed) { changed.webhook_faults.push_back(tried); });
            }
        }
    }
}

void add_crashes(const std::vector<AwaitPoint>& points, Trials& trials) {
    for (const AwaitPoint& point : points) {
        if (point.order.empty()) continue;  // Nothing that a scenario has a name for.
        for (const bool is_after : {false, true}) {
            trials.add(fmt::format("{} awaits {} {}", point.order, point.await, point.nth),
                       is_after ? "crash after" : "crash before", [&](Scenario& changed) {
                           changed.crashes.push_back({.order = point.order,
                                                      .await = point.await,
                                                      .nth = point.nth,
                                                      .is_after = is_after});
                       });
        }
    }
}

struct Judgement {
    bool has_happened = true;
    std::vector<Violation> broken = {};
};

// That something never happened is no failure of the shop: such a run is told apart, and what it
// breaks the story breaks without it, which is the first trial.
Judgement judge_trial(const Trial& trial, const ShopKind& shop) {
    std::vector<Violation> broken = violations_of(trial.scenario, shop);
    const bool has_happened =
        std::ranges::find(broken, kNonVacuity, &Violation::checker) == broken.end();
    if (!has_happened) broken.clear();
    return {.has_happened = has_happened, .broken = std::move(broken)};
}

}  // namespace

std::vector<Trial> trials_of(const Scenario& scenario, const ShopKind& shop) {
    Trials trials(scenario);
    trials.add("the story as it is", "nothing more", [](Scenario&) {});
    add_faults(scenario, trials);
    add_webhook_faults(scenario, trials);
    add_crashes(play(scenario, shop, Header::without_scenario).points, trials);
    return trials.take();
}

Sweep sweep(const Scenario& scenario, const ShopKind& shop, unsigned threads,
            const Progress& progress) {
    Sweep swept{.trials = trials_of(scenario, shop)};
    Discoveries discoveries;
    const auto judge_one = [&](std::uint64_t i) { return judge_trial(swept.trials[i], shop); };
    work_in_order(swept.trials.size(), threads, judge_one, [&](std::uint64_t i, Judgement judged) {
        Trial& trial = swept.trials[i];
        trial.has_happened = judged.has_happened;
        trial.broken = std::move(judged.broken);
        if (trial.has_happened) ++swept.happened;
        if (!trial.broken.empty()) ++swept.failed;
        for (const Violation& one : trial.broken) {
            discoveries.add(fmt::format("{}, {}", trial.where, trial.what), trial.scenario, one);
        }
        trial.scenario = {};
        if (progress) progress(i + 1, swept.failed);
    });
    swept.discoveries = discoveries.take();
    return swept;
}

}  // namespace onsite::scenarios
