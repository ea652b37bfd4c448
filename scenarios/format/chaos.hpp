// Random faults as a scenario file asks for them: what may go wrong, and how often.
//
// Chaos is never played. scenarios/search/resolve.hpp makes explicit faults of it, which can be
// written out: a replay depends on them and on no generator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/faults/fault.hpp"
#include "simulator/webhooks/webhook_fault.hpp"

namespace onsite::scenarios {

inline constexpr std::int64_t kRatioMax = 1'000'000;
inline constexpr std::int64_t kChaosAttemptsMax = 20;

// How often, in whole numbers: one time in twenty is {1, 20}.
struct Ratio {
    std::int64_t numerator = 0;
    std::int64_t denominator = 1;
    friend bool operator==(const Ratio&, const Ratio&) = default;
};

// "1/20". Nothing for another form, a number above kRatioMax, a denominator of 0 and more than 1/1.
std::optional<Ratio> parse_ratio(std::string_view text);
std::string to_string(const Ratio& ratio);

struct FaultChance {
    simulator::CutPoint at = simulator::CutPoint::response;
    simulator::FaultKind kind = simulator::FaultKind::lost;
    Ratio ratio = {};
    friend bool operator==(const FaultChance&, const FaultChance&) = default;
};

struct WebhookFaultChance {
    simulator::WebhookFaultKind kind = simulator::WebhookFaultKind::duplicate;
    Ratio ratio = {};
    friend bool operator==(const WebhookFaultChance&, const WebhookFaultChance&) = default;
};

struct Chaos {
    // Each of the first attempts of each operation meets each of these faults that often.
    std::int64_t attempts = 3;
    std::vector<FaultChance> faults = {};
    // And each of the first events of each type that a shop listens to these.
    std::vector<WebhookFaultChance> webhooks = {};
    Ratio crashes = {};                 // At each await of a run without faults.
    std::int64_t delay_us = 5'000'000;  // What takes longer takes up to that much longer.
    std::int64_t jitter_us = 0;         // Each step comes up to that much later.
    friend bool operator==(const Chaos&, const Chaos&) = default;
};

// Every kind of fault at each cut point where it can happen, without a chance yet.
std::vector<FaultChance> every_fault();
// "response:lost", as a trace names a fault that was met.
std::string name_of(const FaultChance& chance);

// Every kind of fault, seldom: for scenarios that do not say how often.
Chaos usual_chaos();

}  // namespace onsite::scenarios
