// A scenario played, checked against itself, judged, and told.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"

namespace onsite::scenarios {

struct Replay {
    Played played = {};
    RunRecord run = {};
    std::vector<Violation> violations = {};
    // How far a second run is the same: "exact" (byte for byte, and we answer for it), "ordered"
    // (it was; another process had a part in it), "best-effort" (it was not).
    std::string determinism = "exact";
    std::int64_t parted = -1;  // The first line that differed; -1 when none did.
    // How the user names the client: a folder, or the URL of a service. Else empty.
    std::string client = {};
    // Of a service: what of the scenario it never met, so that keeping every promise proves
    // nothing.
    std::optional<Violation> unmet = {};
};

// Plays twice and judges once.
// Errors: tool, when the two runs differ, with the first line that does: a fault of ours.
Result<Replay> replay(const Scenario& scenario, const ShopKind& shop);

// Makes one run, of somebody else's client.
// Errors: usage, when the client does not play its part; tool.
using PlayClient = std::function<Result<Played>(const Scenario& scenario)>;

// The same with a client, whose two runs may differ: then one that breaks a promise is the one that
// is told. Errors: those of `play`.
Result<Replay> replay(const Scenario& scenario, const PlayClient& play);

// A trace that was read, judged.
Replay judged(RunRecord run);

enum class ReplayVerdict { pass, fail, inconclusive };
ReplayVerdict verdict_of(const Replay& replay);
std::string_view to_string(ReplayVerdict verdict);

// What it comes to, as the scenario's `expect` says it: the ids of the broken checkers.
std::vector<std::string> broken_checkers(const Replay& replay);

enum class Expectation { met, not_met, none };
// Whether the scenario expects exactly this of the shop; none when it does not name the shop.
Expectation expectation_of(const Scenario& scenario, const ShopKind& shop, const Replay& replay);

}  // namespace onsite::scenarios
