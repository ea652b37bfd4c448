// The chaos of a scenario, made explicit: which attempt of which operation meets which fault.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "scenarios/player/process.hpp"

namespace onsite::scenarios {

// The scenario with explicit faults instead of its chaos, or of usual_chaos() when it has none; its
// own faults stay. Its seed is `seed`. Each decision has a generator of its own, named by what is
// decided, so that another kind of fault, or another order, moves none of the others.
// Crashes are chosen among `points`, those of a run without faults. The checker non_vacuity is left
// out: what chance adds need not happen.
// The same on every machine. Complexity: O(operations * attempts * kinds of faults).
Scenario resolve(const Scenario& scenario, std::uint64_t seed, std::span<const AwaitPoint> points);

// The scenario without anything that goes wrong: steps and settings only.
Scenario calm(Scenario scenario);

// What the steps make a shop ask of the provider, by the names that faults have for it.
std::vector<std::string> operations_of(const Scenario& scenario);

// The events that shops listen to, and how many of each the steps make at most.
struct ExpectedEvents {
    std::string_view type;
    std::int64_t count = 0;
};
std::vector<ExpectedEvents> events_of(const Scenario& scenario);

// All checkers that the scenario asks for but non_vacuity.
std::vector<std::string> checks_without_vacuity(const Scenario& scenario);

}  // namespace onsite::scenarios
