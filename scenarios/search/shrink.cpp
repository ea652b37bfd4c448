#include "scenarios/search/shrink.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "scenarios/search/minimal.hpp"
#include "scenarios/search/simpler.hpp"
#include "scenarios/search/trial.hpp"

namespace onsite::scenarios {
namespace {

// What a step does: pays an order or gives back a part of one.
std::string_view work_of(const Step& step) {
    return step.action == Action::refund ? step.refund : step.order;
}

// Without its request: "order-1" of "order-1.pay" and of "order-1".
std::string_view work_of(std::string_view operation) {
    return operation.substr(0, operation.rfind('.'));
}

// The scenario with the steps of one order, and without the faults and crashes of other ones.
// No step is left when the operation is that of an event.
Scenario part_of(const Scenario& scenario, std::string_view operation) {
    std::set<std::string_view> orders;
    for (const Step& step : scenario.steps) {
        if (work_of(step) == work_of(operation)) orders.insert(step.order);
    }
    std::set<std::string_view> others;
    for (const Step& step : scenario.steps) {
        if (!orders.contains(step.order)) others.insert({step.order, work_of(step)});
    }
    Scenario part = scenario;
    std::erase_if(part.steps, [&](const Step& step) { return others.contains(step.order); });
    std::erase_if(part.faults, [&](const simulator::Fault& fault) {
        return others.contains(work_of(fault.operation));
    });
    std::erase_if(part.crashes, [&](const Crash& crash) { return others.contains(crash.order); });
    return part;
}

class Shrinker {
public:
    // Only the promise in question is judged on the way.
    // REQUIRES: the shop commits `wanted` in the scenario, or begin() says that it does.
    Shrinker(const Scenario& scenario, const ShopKind& shop, const Violation& wanted)
        : scenario_(scenario), shop_(shop), found_(wanted) {
        scenario_.chaos.reset();
        scenario_.checks = {wanted.checker};
    }

    // Whether the shop commits the violation at all.
    bool begin() { return is_broken_in(scenario_); }

    // Most failures need nothing of other orders, and a run of one order is soon played.
    void take_part() {
        Scenario part = part_of(scenario_, found_.operation);
        const bool is_smaller = part.steps.size() < scenario_.steps.size();
        if (is_smaller && is_broken_in(part)) scenario_ = std::move(part);
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
        if (is_broken_in(simple)) {
            scenario_ = std::move(simple);
            return;
        }
        for (const Simplification& simplify : ideas) {
            Scenario tried = scenario_;
            simplify(tried);
            if (is_broken_in(tried)) scenario_ = std::move(tried);
        }
    }

    const Scenario& scenario() const { return scenario_; }
    const Violation& violation() const { return found_; }
    std::int64_t runs() const { return runs_; }

private:
    // Whether the shop breaks the same promise on the same operation. Who asks about a smaller
    // scenario takes it when it does.
    bool is_broken_in(const Scenario& scenario) {
        ++runs_;
        for (Violation& found : violations_of(scenario, shop_)) {
            if (found.operation != found_.operation) continue;
            found_ = std::move(found);
            return true;
        }
        return false;
    }

    // Makes one list of the scenario minimal; whether it became shorter.
    template <typename Item>
    bool shorten(std::vector<Item> Scenario::*list) {
        const std::size_t before = (scenario_.*list).size();
        if (before == 0) return false;
        Scenario tried = scenario_;
        scenario_.*list = minimal(scenario_.*list, [&](const std::vector<Item>& items) {
            tried.*list = items;
            return is_broken_in(tried);
        });
        return (scenario_.*list).size() < before;
    }

    Scenario scenario_;
    const ShopKind& shop_;
    Violation found_;  // In scenario_.
    std::int64_t runs_ = 0;
};

std::string ids_of(const std::vector<Violation>& violations) {
    std::string ids;
    for (const Violation& broken : violations) {
        ids += fmt::format("{}{}", ids.empty() ? "" : ", ", broken.checker);
    }
    return ids.empty() ? "none" : ids;
}

Shrunk shrunk_by(Shrinker shrinker, const Scenario& scenario, const ShopKind& shop) {
    shrinker.take_part();
    shrinker.shorten_all();
    shrinker.simplify_all();
    shrinker.shorten_all();  // A simpler value may need less beside it.
    Shrunk shrunk{.scenario = shrinker.scenario(),
                  .violation = shrinker.violation(),
                  .runs = shrinker.runs()};
    shrunk.scenario.checks = scenario.checks;
    shrunk.scenario.expect.clear();
    auto& expected = shrunk.scenario.expect[std::string(shop.name)];
    for (const Violation& one : violations_of(shrunk.scenario, shop)) {
        expected.push_back(one.checker);
    }
    return shrunk;
}

}  // namespace

Result<Shrunk> shrink(const Scenario& scenario, const ShopKind& shop, std::string_view checker) {
    const auto broken = violations_of(scenario, shop);
    const auto wanted = std::ranges::find_if(
        broken, [&](const Violation& one) { return checker.empty() || one.checker == checker; });
    if (wanted != broken.end()) return shrunk_by(Shrinker(scenario, shop, *wanted), scenario, shop);
    return usage_error(fmt::format(
        "expected the shop {} to break {} in {}; found these broken "
        "promises: {}",
        shop.name, checker.empty() ? "a promise" : checker, scenario.id, ids_of(broken)));
}

Result<Shrunk> shrink(const Scenario& scenario, const ShopKind& shop, const Violation& wanted) {
    Shrinker shrinker(scenario, shop, wanted);
    if (shrinker.begin()) return shrunk_by(std::move(shrinker), scenario, shop);
    return usage_error(
        fmt::format("expected the shop {} to break {} on {} in {}, found that "
                    "kept",
                    shop.name, wanted.checker, wanted.operation, scenario.id));
}

}  // namespace onsite::scenarios
