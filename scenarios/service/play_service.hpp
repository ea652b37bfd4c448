// Failure scenarios played against a service: Onsite is the fake Stripe, the shopper and the sender
// of webhooks; the service is a process of somebody else's, in any language.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "scenarios/replay/replay.hpp"

namespace onsite::scenarios {

inline constexpr int kStripePortUsual = 12'111;

struct ServiceWords {
    std::string url = {};
    int stripe_port = kStripePortUsual;  // 0: any free one.
    std::int64_t window_ms = 20;         // Of silence, before virtual time moves.
    std::int64_t wait_s = 30;            // For a service that does not listen yet.
};

// Serves the fake Stripe on 127.0.0.1, tells `say` what the service is to be started with, and
// waits until it listens. What it gives plays one run at a time: with names of orders that no
// earlier run had, because a service remembers.
// Errors: usage, when the port is taken, the URL is none, or nobody listens in time. Of a run:
// usage, when the service breaks the contract or a limit, or the scenario needs what a service does
// not have. REQUIRES: the clock outlives what it gives.
Result<PlayClient> open_service(const ServiceWords& words, Clock& clock,
                                const std::function<void(std::string_view)>& say);

// Why a service cannot play this, as the end of a sentence; nothing when it can.
std::optional<std::string> why_no_service_plays(const Scenario& scenario);

// What two runs of a service are compared by: each line of the trace without moments, keys and
// hashes, which are the service's own, without the ending that the run gave to all names, and with
// numbers for ids.
std::string comparable_trace(std::string_view trace, std::string_view ending);

}  // namespace onsite::scenarios
