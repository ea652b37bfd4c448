#include "simulator/session/session.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "simulator/session/control.hpp"

namespace onsite::simulator {
namespace {

// Calls `done` with a cut when nobody else did: what waits in a run that is reset is not lost.
struct DoneOnce {
    explicit DoneOnce(Session::Done then) : done(std::move(then)) {}
    DoneOnce(const DoneOnce&) = delete;
    ~DoneOnce() {
        if (done) done({.response = {}, .cut = Cut::reset});
    }
    void operator()(HttpAnswer answer) { std::exchange(done, nullptr)(std::move(answer)); }

    Session::Done done;
};

}  // namespace

Session::Session(SessionSettings settings)
    : settings_(std::move(settings)), trace_(settings_.trace_bytes_max) {
    if (!settings_.forward_url.empty()) {
        forward_secret_ = "whsec_" + Ids(settings_.seed).letters("forward", 32);
    }
    begin_run({.now_us = settings_.start_us, .seed = settings_.seed});
}

void Session::begin_run(const RunStart& start) {
    run_start_ = start;
    now_us_ = start.now_us;
    ahead_us_ = 0;
    settings_.seed = start.seed;
    trace_.clear();
    run_ = std::make_unique<Run>(
        SimulatorSettings{.seed = settings_.seed,
                          .profile = settings_.profile,
                          .start_us = settings_.is_real_time ? now_us_ : settings_.start_us,
                          .rows_max = settings_.rows_max,
                          .trace_sink = [this](std::string_view line) { trace_.add(line); }},
        start.attempts_before);
    if (!settings_.forward_url.empty()) {
        run_->deliveries.forward_to(settings_.forward_url, forward_secret_);
    }
    run_->deliveries.set_sender(sender_);
}

void Session::reset(std::uint64_t seed) {
    ++resets_;
    begin_run({.now_us = now_us_, .seed = seed, .attempts_before = run_->deliveries.attempts()});
}

void Session::set_sender(WebhookSender* sender) {
    sender_ = sender;
    run_->deliveries.set_sender(sender);
}

void Session::follow(std::int64_t now_us) {
    now_us_ = std::max(now_us_, now_us);
    Timeline& timeline = run_->simulator.timeline();
    timeline.advance_to(settings_.is_real_time ? now_us_ + ahead_us_ : timeline.now_us());
}

void Session::tick(std::int64_t now_us) { follow(now_us); }

std::int64_t Session::next_tick_us() const {
    const Timeline& timeline = run_->simulator.timeline();
    if (!settings_.is_real_time || !timeline.has_next()) {
        return std::numeric_limits<std::int64_t>::max();
    }
    return timeline.next_us() - ahead_us_;
}

Result<void> Session::advance_to(std::int64_t moment_us) {
    Timeline& timeline = run_->simulator.timeline();
    if (moment_us < timeline.now_us()) {
        return usage_error(
            fmt::format("expected a moment from {} on, found {}; the clock only "
                        "goes forward; a reset begins anew",
                        to_rfc3339(timeline.now_us() / 1000), to_rfc3339(moment_us / 1000)));
    }
    ahead_us_ += moment_us - timeline.now_us();
    timeline.advance_to(moment_us);
    return {};
}

void Session::webhook_answered(std::int64_t now_us, std::uint64_t number, int status) {
    follow(now_us);
    run_->deliveries.answered(number, status);
    follow(now_us);
}

void Session::serve(std::int64_t now_us, const HttpRequest& request, Peer peer, const Done& done) {
    follow(now_us);
    auto once = std::make_shared<DoneOnce>(done);
    if (is_control(request.target)) {
        (*once)({.response = control(*this, request, peer)});
    } else {
        if (!settings_.is_real_time) {
            Timeline& timeline = run_->simulator.timeline();
            timeline.advance_to(timeline.now_us() + settings_.step_us);
        }
        serve_http(run_->simulator, request,
                   [once](HttpAnswer answer) { (*once)(std::move(answer)); });
    }
    follow(now_us);  // Webhooks are due at the moment of their event.
}

}  // namespace onsite::simulator
