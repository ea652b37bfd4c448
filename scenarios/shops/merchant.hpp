// Who takes payments in a run: told what shoppers and the provider do, and answers in its own way.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "scenarios/player/process.hpp"
#include "scenarios/player/provider.hpp"
#include "scenarios/player/store.hpp"

namespace onsite::scenarios {

// One attempt of the provider to deliver an event.
struct Hook {
    std::string signature = {};
    simulator::Body payload = {};
};
using HookAnswer = std::function<void(int status)>;

// What a merchant works with. All of it outlives the merchant.
struct ShopParts {
    const Scenario& scenario;
    const ShopSettings& settings;
    Process& process;
    Store& store;
    Provider& provider;
    simulator::Simulator& simulator;
    std::string_view webhook_secret;
    std::uint64_t seed;  // Of its jitter.
};

// Thread safety: none.
class Merchant {
public:
    virtual ~Merchant() = default;

    // What a shopper or a clerk does. `cause`: the line that says so.
    virtual void act(const Step& step, std::int64_t cause) = 0;
    // `answer` is called once, or never when the process crashes first.
    virtual void receive(Hook hook, std::int64_t cause, HookAnswer answer) = 0;
    // After a crash: goes on with what is unfinished.
    virtual void resume() = 0;

    // Asked before time moves, at most to `end_us`: gives the moment up to which it may. One that
    // is not of this process waits for what it does now.
    virtual std::int64_t may_move_to(std::int64_t end_us) { return end_us; }
};

}  // namespace onsite::scenarios
