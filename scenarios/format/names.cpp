#include "scenarios/format/names.hpp"

#include <set>

namespace onsite::scenarios {
namespace {

constexpr std::size_t kEndingLetters = 9;
constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyz";

}  // namespace

Scenario with_names_of_its_own(Scenario scenario, std::string_view ending) {
    std::set<std::string> names;
    const auto rename = [&](std::string& name) {
        if (name.empty()) return;
        names.insert(name);
        name += ending;
    };
    for (Step& step : scenario.steps) {
        rename(step.order);
        rename(step.refund);
    }
    for (Crash& crash : scenario.crashes) rename(crash.order);
    for (simulator::Fault& fault : scenario.faults) {
        const auto dot = fault.operation.find('.');
        if (dot == std::string::npos || !names.contains(fault.operation.substr(0, dot))) continue;
        fault.operation.insert(dot, ending);
    }
    return scenario;
}

std::string ending_of_run(std::int64_t number) {
    std::string letters(kEndingLetters, '0');
    for (auto at = letters.rbegin(); at != letters.rend(); ++at) {
        *at = kLetters[static_cast<std::size_t>(number) % kLetters.size()];
        number /= static_cast<std::int64_t>(kLetters.size());
    }
    return "-" + letters;
}

bool has_ending_of_a_run(std::string_view name) {
    if (name.size() <= kEndingLetters) return false;
    const std::string_view ending = name.substr(name.size() - kEndingLetters - 1);
    return ending.front() == '-' && ending.find_first_not_of(kLetters, 1) == ending.npos;
}

}  // namespace onsite::scenarios
