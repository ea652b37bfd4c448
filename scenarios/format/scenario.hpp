// A failure story as plain data: who does what when, what goes wrong, and what must be true after.
//
// docs/reference/scenarios.md describes the file; scenarios/scenario.schema.json is its schema.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/chaos.hpp"
#include "simulator/faults/fault.hpp"
#include "simulator/webhooks/webhook_fault.hpp"

namespace onsite::scenarios {

inline constexpr std::int64_t kSchemaVersion = 1;
inline constexpr std::size_t kStepsMax = 10'000;
inline constexpr std::size_t kCrashesMax = 1'000;
inline constexpr std::int64_t kAttemptsMax = 100;

// How long things take, in microseconds. Fixed, so that a replay needs no chance.
struct Latency {
    std::int64_t request_us = 40'000;
    std::int64_t response_us = 40'000;
    std::int64_t webhook_us = 60'000;
    std::int64_t store_us = 1'000;
    friend bool operator==(const Latency&, const Latency&) = default;
};

// How the shop takes a payment.
enum class Flow {
    one_call,            // Creates and confirms in one request.
    two_calls,           // Creates, then confirms.
    confirm_on_webhook,  // Creates; a worker that listens to payment_intent.created confirms.
    fulfil_on_webhook,   // One request; only payment_intent.succeeded makes the order paid.
};
std::string_view to_string(Flow flow);

// What every shop of a scenario is told, whatever its defect.
struct ShopSettings {
    Flow flow = Flow::one_call;
    std::int64_t deadline_us = 2'000'000;  // Of one attempt.
    std::int64_t attempts = 3;
    std::vector<std::int64_t> backoff_us = {500'000, 1'000'000};  // The last one is repeated.
    std::int64_t webhook_work_us = 0;  // How long the handler works before it answers.
    friend bool operator==(const ShopSettings&, const ShopSettings&) = default;
};

// What a shopper or a clerk does.
enum class Action {
    pay,     // Clicks "pay" for an order; twice with the same order is a double click.
    change,  // Fills in the order's e-mail address.
    cancel,  // Cancels an order.
    refund,  // Gives back a part of an order's money.
};
std::string_view to_string(Action action);

struct Step {
    std::int64_t at_us = 0;  // Since the start.
    std::string order = {};
    Action action = Action::pay;
    std::int64_t amount = 0;    // pay and refund: minor units of the currency.
    std::string currency = {};  // pay.
    std::string card = {};      // pay: "pm_card_visa".
    std::string customer = {};  // pay: who buys; empty for a guest.
    std::string email = {};     // change, and pay when it is known by then.
    std::string refund = {};    // refund: its name, so that two refunds are two operations.
    // pay, with a card whose bank asks who pays: how long after the question the shopper proves it,
    // or fails to. 0: not at all; both 0: the shopper never comes back.
    std::int64_t authenticates_us = 0;
    std::int64_t gives_up_us = 0;
    friend bool operator==(const Step&, const Step&) = default;
};

// The shop's process ends where a coroutine waits, and begins again later.
struct Crash {
    std::string order = {};
    std::string await = {};  // "pay", "settle": what is awaited (docs/reference/scenarios.md).
    std::int64_t nth = 1;    // The n-th time that the order awaits it.
    bool is_after = false;   // After it was done, and before the shop knows; else before it is.
    std::int64_t restart_us = 5'000'000;
    friend bool operator==(const Crash&, const Crash&) = default;
};

struct Scenario {
    std::string id = {};  // The name of its file.
    std::string story = {};
    std::vector<std::string> tags = {};     // "control" when everything is right.
    std::vector<std::string> sources = {};  // "vendurehq/vendure#2364", or an address.
    std::uint64_t seed = 1;
    std::string profile = "stripe-v1";
    std::int64_t start_us = 0;  // Microseconds since 1970.
    Latency latency = {};
    ShopSettings shop = {};
    std::vector<Step> steps = {};
    std::vector<simulator::Fault> faults = {};
    std::vector<simulator::WebhookFault> webhook_faults = {};
    std::vector<Crash> crashes = {};
    std::optional<Chaos> chaos = {};  // What a search makes faults of; a run has none.
    std::int64_t heal_us = 0;  // From then on nothing goes wrong any more; 0: no such moment.
    std::int64_t horizon_us = 72LL * 3600 * 1'000'000;  // When it is judged.
    std::vector<std::string> checks = {};               // Empty: all checkers.
    // What each shop named here fails: exactly these checkers. Nothing means that it passes.
    std::map<std::string, std::vector<std::string>> expect = {};
    friend bool operator==(const Scenario&, const Scenario&) = default;
};

}  // namespace onsite::scenarios
