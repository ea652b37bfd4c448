// A provider promises no order of its events. So the run is played again with the first events
// about payment intents in every other order: each order of the shop must end as it did.
// Complexity: a run for each order, 120 at most.
#include <algorithm>
#include <numeric>
#include <vector>

#include "scenarios/checkers/again.hpp"
#include "simulator/core/timeline.hpp"

namespace onsite::scenarios {
namespace {

using simulator::WebhookFault;
using simulator::WebhookFaultKind;

constexpr std::size_t kEventsPermutedMax = 5;
// Between two events: longer than what lies between the requests of one payment.
constexpr std::int64_t kGapUs = 2 * simulator::kSecond;

// The first events, as faults name them.
std::vector<WebhookFault> addresses_of(const RunRecord& run) {
    std::map<std::string_view, std::int64_t> seen;
    std::vector<WebhookFault> addresses;
    for (const TraceEvent& event : run.events) {
        const std::string_view type = event.text("type");
        if (!event.is("event") || !type.starts_with("payment_intent.")) continue;
        if (addresses.size() == kEventsPermutedMax) break;
        addresses.push_back({.event_type = std::string(type),
                             .nth = ++seen[type],
                             .kind = WebhookFaultKind::delay});
    }
    return addresses;
}

}  // namespace

std::optional<Violation> check_order_independence(const RunRecord& run) {
    std::vector<WebhookFault> delays = addresses_of(run);
    Scenario other = run.scenario;
    std::erase_if(other.webhook_faults, [](const WebhookFault& fault) {
        return fault.kind == WebhookFaultKind::delay || fault.kind == WebhookFaultKind::swap;
    });
    const std::vector<WebhookFault> rest = other.webhook_faults;
    std::vector<std::int64_t> places(delays.size());
    std::iota(places.begin(), places.end(), 0);
    do {
        for (std::size_t i = 0; i < delays.size(); ++i) delays[i].delay_us = places[i] * kGapUs;
        other.webhook_faults = rest;
        other.webhook_faults.insert(other.webhook_faults.end(), delays.begin(), delays.end());
        if (auto broken = compare_ends(run, other, "when its events come in another order")) {
            return broken;
        }
    } while (std::ranges::next_permutation(places).found);
    return std::nullopt;
}

}  // namespace onsite::scenarios
