// A scenario played, checked against itself, judged, and told.
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"

namespace onsite::scenarios {

struct Replay {
    Played played = {};
    RunRecord run = {};
    std::vector<Violation> violations = {};
};

// Plays twice and judges once.
// Errors: tool, when the two runs differ, with the first line that does: a fault of ours.
Result<Replay> replay(const Scenario& scenario, const ShopKind& shop);

// What it comes to, as the scenario's `expect` says it: the ids of the broken checkers.
std::vector<std::string> broken_checkers(const Replay& replay);

enum class Expectation { met, not_met, none };
// Whether the scenario expects exactly this of the shop; none when it does not name the shop.
Expectation expectation_of(const Scenario& scenario, const ShopKind& shop, const Replay& replay);

}  // namespace onsite::scenarios
