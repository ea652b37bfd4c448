// Plays a scenario with one shop, in this process and in virtual time: a trace comes out.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/scenario.hpp"
#include "scenarios/player/process.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {

class Merchant;
struct ShopParts;

// Actions of the timeline in one run; a shop that loops without a pause reaches it.
inline constexpr std::uint64_t kActionsMax = 200'000;
// What the provider signs webhooks with.
inline constexpr std::string_view kWebhookSecret = "whsec_scenario";

struct Played {
    std::string trace = {};  // JSON Lines: header, what happened, footer.
    std::uint64_t hash = 0;  // Of every line but the footer, which has it.
    std::int64_t lines = 0;
    std::vector<AwaitPoint> points = {};  // Where the shop waited: what a sweep crashes at.
    // What two runs are compared by, a line for each line of the trace; empty: the trace itself.
    std::string comparable = {};
};

// Who plays the shop, and what the trace says of that.
struct Cast {
    std::string name = {};
    std::string transport = "typed";
    std::string determinism = "exact";  // "ordered" when another process has a part in it.
    // Ids of the provider's objects are made of the seed and this: whoever plays a scenario twice
    // and remembers what it saw needs other ones in each run.
    std::uint64_t id_salt = 0;
    // Of a merchant outside this process: the silence after which virtual time moves. 0: of ours.
    std::int64_t window_us = 0;
    std::function<std::unique_ptr<Merchant>(const ShopParts&)> make = {};
};

// A search judges thousands of runs of scenarios that it holds in its hands: their traces need not
// say what was played. Only record_of() reads such a trace.
enum class Header { whole, without_scenario };

// The same scenario and shop give the same trace, byte for byte, on every machine and with every
// compiler. No I/O, no clock, no chance. Complexity: what happens in the scenario.
Played play(const Scenario& scenario, const ShopKind& shop, Header header = Header::whole);

// The same with any shop. What it relays to another process takes no virtual time; the trace is
// as repeatable as that process.
Played play(const Scenario& scenario, const Cast& cast, Header header = Header::whole);

// The first line in which two traces differ, from 0; -1 when they are equal.
std::int64_t first_difference(std::string_view one, std::string_view other);

}  // namespace onsite::scenarios
