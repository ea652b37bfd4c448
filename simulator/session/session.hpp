// One running simulator as its users see it: the API, the control endpoints, webhooks and a clock.
//
// It does no I/O: requests, moments and answers of webhooks come in, so a run can be replayed from
// a list of them. What carries them is in transport/ and server/.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/http.hpp"
#include "simulator/core/simulator.hpp"
#include "simulator/trace/trace_window.hpp"
#include "simulator/transport/http_front.hpp"
#include "simulator/webhooks/deliveries.hpp"

namespace onsite::simulator {

struct SessionSettings {
    std::uint64_t seed = 1;
    const Profile* profile = &profiles().front();
    // Virtual time follows the moments that come in; otherwise only control endpoints move it, and
    // each request by a step.
    bool is_real_time = false;
    std::int64_t start_us = 0;
    std::int64_t step_us = 1'000;
    std::size_t rows_max = 1'000'000;
    std::size_t trace_bytes_max = kTraceBytesMax;
    std::string forward_url = {};  // Empty: webhooks go to the endpoints of the accounts only.
};

// Who asks.
struct Peer {
    bool is_local = true;  // The request comes from this machine.
};

// What a run begins with, besides the settings: nothing of the run before it is left.
struct RunStart {
    std::int64_t now_us = 0;  // The machine's.
    std::uint64_t seed = 1;
    std::uint64_t attempts_before = 0;  // Webhooks that earlier runs sent.
};

// Control endpoints are under this path, which is none of Stripe's.
inline constexpr std::string_view kControlPath = "/_onsite";

// Thread safety: none; whoever has threads holds a lock around every call.
class Session {
public:
    using Done = std::function<void(HttpAnswer)>;

    explicit Session(SessionSettings settings);
    Session(const Session&) = delete;

    // `now_us` is the machine's moment in microseconds since 1970; without real time it is not
    // used. `done` is called exactly once: at once, later from any call, or, when a reset gives the
    // request up, with Cut::reset.
    void serve(std::int64_t now_us, const HttpRequest& request, Peer peer, const Done& done);
    // Runs what is due at that moment.
    void tick(std::int64_t now_us);
    // Deliveries::answered().
    void webhook_answered(std::int64_t now_us, std::uint64_t number, int status);
    void set_sender(WebhookSender* sender);

    // The machine's moment at which tick() has something to do; INT64_MAX for none.
    std::int64_t next_tick_us() const;

    // ---- For the control endpoints ----
    // A new run: nothing of the old one is left but the settings, and its clock goes back to the
    // start, which with real time is now.
    void reset(std::uint64_t seed);
    // As a reset did it: whoever knows what its run began with needs nothing of what came before.
    void begin_run(const RunStart& start);
    const RunStart& run_start() const { return run_start_; }
    std::uint64_t resets() const { return resets_; }
    // Errors: usage, when the moment is in the past.
    Result<void> advance_to(std::int64_t moment_us);

    Simulator& simulator() { return run_->simulator; }
    Deliveries& deliveries() { return run_->deliveries; }
    const TraceWindow& trace() const { return trace_; }
    const SessionSettings& settings() const { return settings_; }
    std::string_view forward_secret() const { return forward_secret_; }

private:
    struct Run {
        Run(SimulatorSettings settings, std::uint64_t attempts_before)
            : simulator(std::move(settings)), deliveries(simulator, attempts_before) {}
        Simulator simulator;
        Deliveries deliveries;
    };

    void follow(std::int64_t now_us);

    SessionSettings settings_;
    TraceWindow trace_;
    std::string forward_secret_;
    std::unique_ptr<Run> run_;
    RunStart run_start_ = {};
    std::uint64_t resets_ = 0;
    WebhookSender* sender_ = nullptr;
    std::int64_t now_us_ = 0;    // The machine's, of the latest call.
    std::int64_t ahead_us_ = 0;  // How far virtual time was moved ahead of it.
};

}  // namespace onsite::simulator
