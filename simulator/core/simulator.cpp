#include "simulator/core/simulator.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/stable_hash.hpp"
#include "simulator/core/responses.hpp"
#include "simulator/core/stripe_routes.hpp"

namespace onsite::simulator {
namespace {

bool is_write(const ApiRequest& request) { return request.method == Method::post; }

}  // namespace

struct Simulator::Running {
    ApiRequest request;
    Done done;
    Account* account = nullptr;
    Arrival arrival = {};
    Id request_id = {};
    RouteMatch match = {};
    Fingerprint params = {};
};

Simulator::Simulator(SimulatorSettings settings)
    : settings_(std::move(settings)), timeline_(settings_.start_us), trace_(settings_.trace_sink) {}

Simulator::Account::Account(std::uint64_t seed, Simulator& simulator)
    : world(seed, simulator.timeline_, simulator.trace_, simulator.settings_.rows_max),
      keys(*simulator.settings_.profile, simulator.settings_.rows_max) {
    world.base_url = simulator.settings_.base_url;
    world.on_event = [&simulator](World& changed, Event& event) {
        if (simulator.on_event) simulator.on_event(changed, event);
    };
}

Simulator::Account* Simulator::account(std::string_view key) {
    const auto found = accounts_.find(key);
    if (found != accounts_.end()) return found->second.get();
    if (accounts_.size() == kAccountsMax) return nullptr;
    auto added = std::make_unique<Account>(keyed(settings_.seed, key, 0), *this);
    return accounts_.emplace(key, std::move(added)).first->second.get();
}

World* Simulator::find_world(std::string_view account_key) {
    const auto found = accounts_.find(account_key);
    return found == accounts_.end() ? nullptr : &found->second->world;
}

std::vector<World*> Simulator::worlds() {
    std::vector<World*> all;
    for (const auto& [key, found] : accounts_) all.push_back(&found->world);
    return all;
}

Id Simulator::next_request_id() {
    constexpr std::string_view kPrefix = "req_";
    const auto digits = hex_digits(keyed(settings_.seed, kPrefix, requests_++));
    std::array<char, kPrefix.size() + digits.size()> id;
    std::ranges::copy(digits, std::ranges::copy(kPrefix, id.begin()).out);
    return std::string_view(id.data(), id.size());
}

ApiResponse Simulator::refuse(const ApiError& error) {
    ApiResponse response = error_response(error);
    response.request_id = next_request_id();
    trace_.add(timeline_.now_us(), "refused", [&](JsonWriter& json) {
        json.text("request", response.request_id);
        json.number("status", response.status);
    });
    return response;
}

void Simulator::trace_arrival(const Running& run) {
    const ApiRequest& request = run.request;
    trace_.add(timeline_.now_us(), "req", [&](JsonWriter& json) {
        json.word("request", run.request_id);
        json.word("account", run.account->world.account);
        json.text("op", request.operation.empty() ? run.match.name : request.operation);
        json.number("att", run.arrival.attempt);
        json.word("method", to_string(request.method));
        json.text("path", request.path);
        if (!request.idempotency_key.empty()) json.text("key", request.idempotency_key);
        json.hex("params", run.params.a);
        for (const Fault& fault : run.arrival.faults) {
            json.text("fault", fmt::format("{}:{}", to_string(fault.at), to_string(fault.kind)));
        }
        if (run.request.cause >= 0) json.number("cause", run.request.cause);
    });
}

void Simulator::submit(ApiRequest request, Done done) {
    Account* const found = account(request.account_key);
    if (found == nullptr) {
        return done(refuse({.status = 429,
                            .message = fmt::format("This simulator keeps at most {} accounts. "
                                                   "Reset it, or use a key again.",
                                                   kAccountsMax)}));
    }
    Running run{.request = std::move(request), .done = std::move(done), .account = found};
    run.match = router().find(run.request.method, run.request.path);
    run.arrival = faults_.arrive(run.request.operation, run.match.name);
    run.params = run.request.params.fingerprint();
    run.request_id = next_request_id();
    trace_arrival(run);
    if (is_cut_before(run)) return;
    const Fault* fault = run.arrival.at(CutPoint::before_commit);
    if (auto response = answer_before_commit(fault)) return finish(run, std::move(*response));
    execute(run);
}

ApiResponse Simulator::handle(ApiRequest request) {
    ApiResponse answered;
    submit(std::move(request), [&](ApiResponse response) { answered = std::move(response); });
    return answered;
}

bool Simulator::is_cut_before(Running& run) {
    for (const CutPoint point : {CutPoint::connect, CutPoint::request}) {
        const Fault* fault = run.arrival.at(point);
        if (fault == nullptr) continue;
        run.done({.body = {}, .request_id = run.request_id, .cut = cut_of(fault->kind)});
        return true;
    }
    return false;
}

// The idempotency layer, and behind it the endpoint.
void Simulator::execute(Running& run) {
    IdempotencyKeys& keys = run.account->keys;
    const bool has_key = is_write(run.request) && run.match.route != nullptr;
    if (has_key) {
        auto verdict = keys.begin(run.request.idempotency_key, {run.request.path, run.params},
                                  timeline_.now_us());
        if (const auto* error = std::get_if<ApiError>(&verdict)) {
            return finish(
                run, error_response(*error, request_log_url(run.request_id, timeline_.now_s())));
        }
        if (auto* kept = std::get_if<KeptAnswer>(&verdict)) {
            ApiResponse response{.status = kept->status, .body = kept->body, .request_id = {}};
            response.is_replayed = true;
            response.original_request = kept->request_id;
            return finish(run, std::move(response));
        }
    }
    const Fault* fault = run.arrival.at(CutPoint::before_commit);
    if (fault == nullptr || fault->kind != FaultKind::delay) {
        return finish(run, call_endpoint(run));
    }
    // Shared: a std::function has to be copyable.
    auto later = std::make_shared<Running>(std::move(run));
    // The ids are parts of the path, and a short path does not stay where it is.
    later->match = router().find(later->request.method, later->request.path);
    timeline_.at(timeline_.now_us() + fault->delay_us,
                 [this, later] { finish(*later, call_endpoint(*later)); });
}

ApiResponse Simulator::call_endpoint(Running& run) {
    const ApiRequest& request = run.request;
    const RouteMatch& match = run.match;
    if (match.route == nullptr) {
        const std::string_view method = to_string(request.method);
        return error_response(is_stripes(request.method, request.path)
                                  ? not_simulated(method, request.path)
                                  : no_such_url(method, request.path));
    }
    World& world = run.account->world;
    if (request.method != Method::get) {
        world.origin = Origin{run.request_id, request.idempotency_key};
    }
    if (!request.base_url.empty()) world.base_url = request.base_url;
    const Fault* fault = run.arrival.at(CutPoint::before_commit);
    if (fault != nullptr && fault->kind == FaultKind::decline) world.forced_decline = fault->code;
    ParamReader params(run.request.params);
    const auto expand = parse_expand(params.texts("expand"), match.route->result,
                                     match.route->shape == Shape::list, request.version);
    ApiResponse response;
    if (expand) {
        Call call{world, params, *expand, request.path, match.ids, request.version};
        response = answer_of(run, match.route->handle(call));
    } else {
        response = answer_of(run, std::unexpected(expand.error()));
    }
    world.origin.reset();
    world.forced_decline.clear();
    return response;
}

ApiResponse Simulator::answer_of(Running& run, const Answer& answer) {
    const bool has_run = answer.has_value() || answer.error().stage == Stage::execution;
    ApiResponse response =
        answer ? ApiResponse{.body = *answer, .request_id = {}}
               : error_response(answer.error(), request_log_url(run.request_id, timeline_.now_s()));
    const Fault* fault = run.arrival.at(CutPoint::after_commit);
    if (has_run && fault != nullptr) {
        response = server_error(*fault);
    }
    if (is_write(run.request)) {
        if (!run.request.idempotency_key.empty()) response.original_request = run.request_id;
        std::optional<KeptAnswer> kept;
        if (has_run) kept = {response.status, response.body, run.request_id};
        run.account->keys.finish(run.request.idempotency_key, std::move(kept));
    }
    return response;
}

// A client that reads what it has just changed, or asks again, gets the same text: it is compared
// faster than it is hashed.
std::uint64_t Simulator::hash_of(const Body& body) {
    if (!hashed_body_ || *hashed_body_ != *body) {
        hashed_body_ = body;
        body_hash_ = add_to_hash(0, *body);
    }
    return body_hash_;
}

void Simulator::finish(Running& run, ApiResponse response) {
    response.request_id = std::move(run.request_id);
    // A fault that says it otherwise stands.
    if (response.status == 402 && !response.should_retry) response.should_retry = false;
    if (const Fault* fault = run.arrival.at(CutPoint::response)) {
        response.cut = cut_of(fault->kind);
        response.cut_us = fault->delay_us;
    }
    trace_.add(timeline_.now_us(), "reply", [&](JsonWriter& json) {
        json.word("request", response.request_id);
        json.number("status", response.status);
        json.hex("body", hash_of(response.body));
        if (response.is_replayed) json.text("replays", response.original_request);
        if (response.cut != Cut::none) json.text("cut", to_string(response.cut));
    });
    run.done(std::move(response));
}

}  // namespace onsite::simulator
