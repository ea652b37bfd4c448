#include "simulator/server/server.hpp"

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "simulator/session/control.hpp"

namespace onsite::simulator {
namespace {

constexpr std::int64_t kNeverUs = std::numeric_limits<std::int64_t>::max();

HttpAnswer not_kept(const Error& error) {
    return {
        .response = {.status = 500,
                     .headers = {{"Content-Type", "application/json"}},
                     .body = render(ApiError{
                         .status = 500, .type = ErrorType::api_error, .message = error.message})}};
}

}  // namespace

Server::Server(SessionSettings settings, Clock& clock)
    : clock_(clock), session_(std::move(settings)) {}

Result<std::unique_ptr<Server>> Server::start(ServerSettings settings, Clock& clock) {
    if (settings.session.is_real_time) settings.session.start_us = clock.now_ms() * 1000;
    std::unique_ptr<Server> server(new Server(std::move(settings.session), clock));
    if (!settings.state_file.empty()) {
        if (auto opened = server->open_journal(settings.state_file); !opened) {
            return pass_on(opened);
        }
    }
    server->webhooks_ =
        std::make_unique<WebhookClient>([self = server.get()](std::uint64_t number, int status) {
            self->webhook_answered(number, status);
        });
    auto sockets = SocketServer::listen(
        settings.host, settings.port, [self = server.get()](const HttpRequest& request, Peer peer) {
            return self->answer(request, peer);
        });
    if (!sockets) return pass_on(sockets);
    const std::lock_guard lock(server->mutex_);
    server->sockets_ = std::move(*sockets);
    server->session_.tick(server->now_us());
    server->session_.set_sender(server->webhooks_.get());
    server->timekeeper_ = std::thread([self = server.get()] { self->keep_time(); });
    return server;
}

Server::~Server() { stop(); }

void Server::stop() {
    {
        const std::lock_guard lock(mutex_);
        is_stopping_ = true;
        session_.set_sender(nullptr);
    }
    answered_.notify_all();
    is_due_sooner_.notify_all();
    if (sockets_) sockets_->stop();
    if (webhooks_) webhooks_->stop();
    if (timekeeper_.joinable()) timekeeper_.join();
}

// ---- The journal ----

// What a replay needs to be the same run.
Json Server::first_entry() const {
    const SessionSettings& settings = session_.settings();
    return {{"onsite_simulate", 1},
            {"seed", settings.seed},
            {"profile", settings.profile->name},
            {"clock", settings.is_real_time ? "real" : "virtual"},
            {"start_us", settings.is_real_time ? 0 : settings.start_us},
            {"step_us", settings.is_real_time ? 0 : settings.step_us},
            {"forward_to", settings.forward_url}};
}

Result<void> Server::open_journal(const std::string& path) {
    const Json first = first_entry();
    auto opened = Journal::open(path, first, [&](const Json& entry) { return replay(entry); });
    if (!opened) return pass_on(opened);
    journal_ = std::move(*opened);
    // With real time a run begins when the server does, so a replay has to be told.
    if (session_.settings().is_real_time && journal_->lines() == 1) {
        return journal_->append(begin_entry());
    }
    return forget_dead_runs(first);
}

Json Server::begin_entry() const {
    const RunStart& start = session_.run_start();
    return {{"t", start.now_us},
            {"run", {{"seed", start.seed}, {"webhooks", start.attempts_before}}}};
}

// A reset leaves nothing of the run before it, so the lines up to it tell the same as one that says
// what the new run began with.
Result<void> Server::forget_dead_runs(const Json& first) {
    constexpr std::uint64_t kDeadMin = 1'000;
    if (dead_ < kDeadMin || dead_ < journal_->lines() - dead_) return {};
    auto shorter = journal_->shortened({first, begin_entry()}, dead_);
    // A full disk is no reason not to start: the file is as it was.
    if (shorter) journal_ = std::move(*shorter);
    return {};
}

Result<void> Server::replay(const Json& entry) {
    if (replayed_++ == 0) {
        if (entry == first_entry()) return {};
        return usage_error(
            fmt::format("expected a state file that was begun with the same seed, "
                        "profile, clock, step and --forward-to, found {}",
                        to_text(entry)));
    }
    JsonReader reader(entry, "the entry");
    const std::int64_t moment_us = reader.number("t", 0, kNeverUs);
    if (reader.has("run")) return replay_begin(moment_us, reader);
    if (reader.has("webhook")) {
        const auto number = static_cast<std::uint64_t>(reader.number("webhook", 0, kNeverUs));
        const auto status = static_cast<int>(reader.number("status", 0, 999));
        if (auto done = reader.finish(); !done) return pass_on(done);
        session_.webhook_answered(moment_us, number, status);
        return {};
    }
    const Peer peer{.is_local = reader.flag_or("local", true)};
    auto request = request_of(entry);
    if (!request) return pass_on(request);
    // Files of before did not say when their run began: with their first request, then.
    if (replayed_ == 2 && session_.settings().is_real_time && session_.resets() == 0) {
        session_.begin_run({.now_us = moment_us, .seed = session_.settings().seed});
    }
    const std::uint64_t resets = session_.resets();
    session_.serve(moment_us, *request, peer, [](const HttpAnswer&) {});
    if (session_.resets() > resets) dead_ = replayed_;
    return {};
}

Result<void> Server::replay_begin(std::int64_t moment_us, JsonReader& entry) {
    JsonReader run(entry.object("run"), "the run");
    const RunStart start{
        .now_us = moment_us,
        .seed = static_cast<std::uint64_t>(run.number("seed", 0, kNeverUs)),
        .attempts_before = static_cast<std::uint64_t>(run.number("webhooks", 0, kNeverUs))};
    if (auto done = run.finish(); !done) return done;
    if (auto done = entry.finish(); !done) return done;
    session_.begin_run(start);
    return {};
}

// ---- What comes in ----

HttpAnswer Server::answer(const HttpRequest& request, Peer peer) {
    std::unique_lock lock(mutex_);
    const std::int64_t moment_us = now_us();
    const bool is_kept = journal_ && changes_something(request);
    if (is_kept) {
        Json entry = entry_of(request);
        entry["t"] = moment_us;
        entry["local"] = peer.is_local;
        if (const auto written = journal_->append(entry); !written) {
            return not_kept(written.error());
        }
    }
    // Shared: when the end comes first, nobody waits for the answer any more.
    const auto answered = std::make_shared<std::optional<HttpAnswer>>();
    const std::int64_t due_us = session_.next_tick_us();
    session_.serve(moment_us, request, peer, [this, answered](HttpAnswer answer) {
        *answered = std::move(answer);
        answered_.notify_all();
    });
    if (session_.next_tick_us() < due_us) is_due_sooner_.notify_one();
    answered_.wait(lock, [&] { return answered->has_value() || is_stopping_; });
    if (!answered->has_value()) return {.response = {}, .cut = Cut::reset};
    lock.unlock();
    if (is_kept && request.method != "GET") {
        if (const auto flushed = journal_->sync(); !flushed) return not_kept(flushed.error());
    }
    return std::move(**answered);
}

void Server::webhook_answered(std::uint64_t number, int status) {
    const std::lock_guard lock(mutex_);
    const std::int64_t moment_us = now_us();
    // When it cannot be written, a replay will send the webhook again, which clients have to bear.
    if (journal_) {
        [[maybe_unused]] const auto written =
            journal_->append({{"t", moment_us}, {"webhook", number}, {"status", status}});
    }
    session_.webhook_answered(moment_us, number, status);
    is_due_sooner_.notify_one();
}

// Runs what becomes due while no request comes.
void Server::keep_time() {
    std::unique_lock lock(mutex_);
    while (!is_stopping_) {
        const std::int64_t due_us = session_.next_tick_us();
        if (due_us == kNeverUs) {
            is_due_sooner_.wait(lock);
            continue;
        }
        // The machine's clock may be set meanwhile: looked at once a second.
        const std::int64_t pause_us = std::clamp<std::int64_t>(due_us - now_us(), 0, kSecond);
        if (pause_us > 0) is_due_sooner_.wait_for(lock, std::chrono::microseconds(pause_us));
        session_.tick(now_us());
    }
}

}  // namespace onsite::simulator
