#include "scenarios/search/shrink.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "scenarios/search/minimal.hpp"
#include "scenarios/search/simpler.hpp"
#include "scenarios/search/trial.hpp"

namespace onsite::scenarios {
namespace {

class Shrinker {
public:
    // Only the promise in question is judged on the way.
    Shrinker(const Scenario& scenario, const ShopKind& shop, const Violation& wanted)
        : scenario_(scenario), shop_(shop), wanted_(wanted) {
        scenario_.chaos.reset();
        scenario_.checks = {wanted.checker};
    }

    // The same promise, broken on the same operation.
    std::optional<Violation> again(const Scenario& scenario) {
        ++runs_;
        for (Violation& found : violations_of(scenario, shop_)) {
            if (found.operation == wanted_.operation) return std::move(found);
        }
        return std::nullopt;
    }

    void shorten_all() {
        for (bool is_shorter = true; is_shorter;) {
            is_shorter = shorten(&Scenario::faults);
            is_shorter |= shorten(&Scenario::webhook_faults);
            is_shorter |= shorten(&Scenario::crashes);
            is_shorter |= shorten(&Scenario::steps);
        }
    }

    // All values at once, as that is mostly possible; else each that can be.
    void simplify_all() {
        Scenario simple = scenario_;
        const auto ideas = simplifications_of(scenario_);
        for (const Simplification& simplify : ideas) simplify(simple);
        if (ideas.empty()) return;
        if (again(simple)) {
            scenario_ = std::move(simple);
            return;
        }
        for (const Simplification& simplify : ideas) {
            Scenario tried = scenario_;
            simplify(tried);
            if (again(tried)) scenario_ = std::move(tried);
        }
    }

    const Scenario& scenario() const { return scenario_; }
    std::int64_t runs() const { return runs_; }

private:
    // Makes one list of the scenario minimal; whether it became shorter.
    template <typename Item>
    bool shorten(std::vector<Item> Scenario::*list) {
        const std::size_t before = (scenario_.*list).size();
        if (before == 0) return false;
        Scenario tried = scenario_;
        scenario_.*list = minimal(scenario_.*list, [&](const std::vector<Item>& items) {
            tried.*list = items;
            return again(tried).has_value();
        });
        return (scenario_.*list).size() < before;
    }

    Scenario scenario_;
    const ShopKind& shop_;
    Violation wanted_;
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
    const auto broken = violations_of(scenario, shop);
    const auto wanted = std::ranges::find_if(
        broken, [&](const Violation& one) { return checker.empty() || one.checker == checker; });
    if (wanted != broken.end()) return shrink(scenario, shop, *wanted);
    return usage_error(fmt::format(
        "expected the shop {} to break {} in {}; found these broken "
        "promises: {}.",
        shop.name, checker.empty() ? "a promise" : checker, scenario.id, ids_of(broken)));
}

Result<Shrunk> shrink(const Scenario& scenario, const ShopKind& shop, const Violation& wanted) {
    Shrinker shrinker(scenario, shop, wanted);
    if (!shrinker.again(shrinker.scenario())) {
        return usage_error(
            fmt::format("expected the shop {} to break {} on {} in {}, found that "
                        "kept.",
                        shop.name, wanted.checker, wanted.operation, scenario.id));
    }
    shrinker.shorten_all();
    shrinker.simplify_all();
    shrinker.shorten_all();  // A simpler value may need less beside it.
    Shrunk shrunk{.scenario = shrinker.scenario()};
    shrunk.violation = shrinker.again(shrunk.scenario).value_or(wanted);
    shrunk.scenario.checks = scenario.checks;
    shrunk.scenario.expect.clear();
    auto& expected = shrunk.scenario.expect[std::string(shop.name)];
    for (const Violation& one : violations_of(shrunk.scenario, shop)) {
        expected.push_back(one.checker);
    }
    shrunk.runs = shrinker.runs();
    return shrunk;
}

}  // namespace onsite::scenarios
