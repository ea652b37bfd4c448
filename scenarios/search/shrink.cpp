#include "scenarios/search/shrink.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "scenarios/player/player.hpp"
#include "scenarios/search/minimal.hpp"

namespace onsite::scenarios {
namespace {

class Shrinker {
public:
    Shrinker(const Scenario& scenario, const ShopKind& shop) : scenario_(scenario), shop_(shop) {}

    std::vector<Violation> violations(const Scenario& scenario) {
        ++runs_;
        const auto run = read_trace(play(scenario, shop_).trace);
        return run ? judge(*run) : std::vector<Violation>();
    }

    // The same promise, broken on the same operation.
    std::optional<Violation> again(const Scenario& scenario, const Violation& wanted) {
        for (Violation& found : violations(scenario)) {
            if (found.checker == wanted.checker && found.operation == wanted.operation) {
                return std::move(found);
            }
        }
        return std::nullopt;
    }

    // Makes one list of the scenario minimal; whether it became shorter.
    template <typename Item>
    bool shorten(std::vector<Item> Scenario::*list, const Violation& wanted) {
        const std::size_t before = (scenario_.*list).size();
        Scenario tried = scenario_;
        scenario_.*list = minimal(scenario_.*list, [&](const std::vector<Item>& items) {
            tried.*list = items;
            return again(tried, wanted).has_value();
        });
        return (scenario_.*list).size() < before;
    }

    const Scenario& scenario() const { return scenario_; }
    std::int64_t runs() const { return runs_; }

private:
    Scenario scenario_;
    const ShopKind& shop_;
    std::int64_t runs_ = 0;
};

std::string ids_of(const std::vector<Violation>& violations) {
    std::string ids;
    for (const Violation& broken : violations) {
        ids += fmt::format("{}{}", ids.empty() ? "" : ", ", broken.checker);
    }
    return ids.empty() ? "none" : ids;
}

}  // namespace

Result<Shrunk> shrink(const Scenario& scenario, const ShopKind& shop, std::string_view checker) {
    Shrinker shrinker(scenario, shop);
    const auto broken = shrinker.violations(scenario);
    const auto wanted = std::ranges::find_if(
        broken, [&](const Violation& one) { return checker.empty() || one.checker == checker; });
    if (wanted == broken.end()) {
        return usage_error(fmt::format(
            "expected the shop {} to break {} in {}; found these broken "
            "promises: {}.",
            shop.name, checker.empty() ? "a promise" : checker, scenario.id, ids_of(broken)));
    }
    for (bool is_shorter = true; is_shorter;) {
        is_shorter = shrinker.shorten(&Scenario::faults, *wanted);
        is_shorter |= shrinker.shorten(&Scenario::webhook_faults, *wanted);
        is_shorter |= shrinker.shorten(&Scenario::crashes, *wanted);
        is_shorter |= shrinker.shorten(&Scenario::steps, *wanted);
    }
    Shrunk shrunk{.scenario = shrinker.scenario()};
    shrunk.scenario.expect.clear();
    auto& expected = shrunk.scenario.expect[std::string(shop.name)];
    for (const Violation& one : shrinker.violations(shrunk.scenario)) {
        expected.push_back(one.checker);
    }
    shrunk.violation = shrinker.again(shrunk.scenario, *wanted).value_or(*wanted);
    shrunk.runs = shrinker.runs();
    return shrunk;
}

}  // namespace onsite::scenarios
