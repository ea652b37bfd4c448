#include "scenarios/format/read_chaos.hpp"

#include <fmt/format.h>

#include "base/json.hpp"
#include "scenarios/format/duration.hpp"

namespace onsite::scenarios {
namespace {

Ratio ratio_or_never(JsonReader& reader, const char* key) {
    const std::string text = reader.text_or(key, "0/1");
    if (const auto ratio = parse_ratio(text)) return *ratio;
    reader.complain(key, fmt::format("expected a ratio such as \"1/20\", found \"{}\"", text));
    return {};
}

}  // namespace

void read_chaos(JsonReader& reader, Chaos& chaos) {
    chaos.attempts = reader.number_or("attempts", 1, kChaosAttemptsMax, chaos.attempts);
    chaos.crashes = ratio_or_never(reader, "crashes");
    chaos.delay_us = duration_or(reader, "delay", chaos.delay_us);
    chaos.jitter_us = duration_or(reader, "jitter", chaos.jitter_us);
}

void read_fault_chances(JsonReader& reader, Chaos& chaos) {
    for (FaultChance chance : every_fault()) {
        chance.ratio = ratio_or_never(reader, name_of(chance).c_str());
        if (chance.ratio.numerator > 0) chaos.faults.push_back(chance);
    }
}

void read_webhook_fault_chances(JsonReader& reader, Chaos& chaos) {
    for (const auto kind : simulator::kWebhookFaultKinds) {
        const Ratio ratio = ratio_or_never(reader, std::string(to_string(kind)).c_str());
        if (ratio.numerator > 0) chaos.webhooks.push_back({kind, ratio});
    }
}

}  // namespace onsite::scenarios
