#include "scenarios/format/chaos.hpp"

#include <charconv>

#include <fmt/format.h>

namespace onsite::scenarios {

std::optional<Ratio> parse_ratio(std::string_view text) {
    Ratio ratio;
    const char* const end = text.data() + text.size();
    const auto above = std::from_chars(text.data(), end, ratio.numerator);
    if (above.ec != std::errc{} || above.ptr == end || *above.ptr != '/') return std::nullopt;
    const auto below = std::from_chars(above.ptr + 1, end, ratio.denominator);
    if (below.ec != std::errc{} || below.ptr != end) return std::nullopt;
    const bool is_good = ratio.numerator >= 0 && ratio.numerator <= ratio.denominator &&
                         ratio.denominator > 0 && ratio.denominator <= kRatioMax;
    return is_good ? std::optional(ratio) : std::nullopt;
}

std::string to_string(const Ratio& ratio) {
    return fmt::format("{}/{}", ratio.numerator, ratio.denominator);
}

std::vector<FaultChance> every_fault() {
    std::vector<FaultChance> every;
    for (const simulator::CutPoint at : simulator::kCutPoints) {
        for (const simulator::FaultKind kind : simulator::kFaultKinds) {
            if (simulator::check_fault({.at = at, .kind = kind})) every.push_back({at, kind});
        }
    }
    return every;
}

std::string name_of(const FaultChance& chance) {
    return fmt::format("{}:{}", to_string(chance.at), to_string(chance.kind));
}

Chaos usual_chaos() {
    Chaos chaos{.faults = every_fault(), .crashes = {1, 60}};
    for (FaultChance& chance : chaos.faults) chance.ratio = {1, 40};
    for (const auto kind : simulator::kWebhookFaultKinds) chaos.webhooks.push_back({kind, {1, 20}});
    return chaos;
}

}  // namespace onsite::scenarios
