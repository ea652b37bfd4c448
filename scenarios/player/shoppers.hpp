// The owners of cards whose bank asks who pays: each answers in a time of their own, or never.
#pragma once

#include <cstdint>
#include <string>

#include "scenarios/format/scenario.hpp"
#include "scenarios/player/process.hpp"
#include "simulator/core/simulator.hpp"

namespace onsite::scenarios {

// Writes the lines `challenge`, when a payment waits for its shopper, and `authentication`, when
// the shopper answers. What they answer is said by the order's last click until the challenge. The
// order is that of the intent's metadata. Thread safety: none.
class Shoppers {
public:
    // Hears of the simulator's events from now on, before whoever heard of them until now.
    // REQUIRES: all of them outlive the shoppers, and the simulator is not used after them.
    Shoppers(Process& process, simulator::Simulator& simulator, const Scenario& scenario);
    Shoppers(const Shoppers&) = delete;

private:
    struct Challenge {
        std::string order = {};
        std::string intent = {};
        std::string request = {};  // Which led to it.
        bool succeeds = false;
        std::int64_t line = -1;
    };

    void challenged(simulator::World& world, const simulator::Event& event);
    void answer(simulator::World& world, const Challenge& challenge);

    Process& process_;
    const Scenario& scenario_;
};

}  // namespace onsite::scenarios
