// The simulator without sockets: requests and time go in, answers, events and a trace come out.
//
// It does no I/O and knows no clock. The same seed and the same calls give the same trace, byte for
// byte; what carries requests (transport/) decides how they arrive.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulator/core/call.hpp"
#include "simulator/core/id.hpp"
#include "simulator/core/router.hpp"
#include "simulator/core/timeline.hpp"
#include "simulator/core/world.hpp"
#include "simulator/faults/fault.hpp"
#include "simulator/idempotency/keys.hpp"
#include "simulator/idempotency/profile.hpp"
#include "simulator/trace/trace.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::simulator {

inline constexpr std::size_t kAccountsMax = 10'000;

struct SimulatorSettings {
    std::uint64_t seed = 1;
    const Profile* profile = &profiles().front();
    std::int64_t start_us = 0;  // Microseconds since 1970.
    // Objects of each kind, and idempotency keys, that an account keeps; the oldest goes first.
    std::size_t rows_max = 1'000'000;
    // Of the pages that answers name (3-D Secure). The same for all runs that are compared: it is
    // part of the answers, and so of the trace.
    std::string base_url = "http://localhost:12111";
    Trace::Sink trace_sink = {};
};

struct ApiRequest {
    Method method = Method::get;
    std::string path;  // Without the query: "/v1/customers".
    Params params;
    std::string account_key;      // "sk_test_..."; each has a world of its own.
    std::string idempotency_key;  // Empty when none was sent.
    std::string operation;        // What the client calls it, for faults; may be empty.
    std::string base_url = {};    // Where the client reaches the simulator; empty: as before.
    ApiVersion version = kNewest;
    std::int64_t cause = -1;  // The line of the trace that led to it; -1: unknown, not traced.
};

// How the answer travels; all but `none` are faults.
enum class Cut { none, refuse, lost, reset, stall, slow_drip, truncate, bad_json };
std::string_view to_string(Cut cut);

struct ApiResponse {
    int status = 200;
    Body body;
    Id request_id;
    bool is_replayed = false;
    Id original_request = {};  // Which ran under the idempotency key; empty without one.
    std::optional<bool> should_retry = {};
    std::string rate_limited_reason = {};
    Cut cut = Cut::none;
    std::int64_t cut_us = 0;  // Of stall and slow_drip: how long, in virtual time.
};

// Thread safety: none; a transport with threads holds a lock around every call.
class Simulator {
public:
    using Done = std::function<void(ApiResponse)>;

    explicit Simulator(SimulatorSettings settings);
    Simulator(const Simulator&) = delete;

    // Runs a request at this moment. `done` is called once: at once, or, when a fault delays it,
    // from advance_to(). Complexity: that of its endpoint.
    void submit(ApiRequest request, Done done);
    // submit() for a caller who knows that nothing delays it.
    ApiResponse handle(ApiRequest request);
    // An answer to what never becomes a request: no key, no UTF-8. Traced as well.
    ApiResponse refuse(const ApiError& error);

    Timeline& timeline() { return timeline_; }
    FaultPlan& faults() { return faults_; }
    Trace& trace() { return trace_; }
    const Profile& profile() const { return *settings_.profile; }
    // Every account that was used, by its key.
    World* find_world(std::string_view account_key);
    std::vector<World*> worlds();  // In the order of their keys.
    std::uint64_t requests() const { return requests_; }
    // Told of each event of each account, for its deliveries.
    std::function<void(World&, Event&)> on_event = {};

private:
    struct Account {
        Account(std::uint64_t seed, Simulator& simulator);
        World world;
        IdempotencyKeys keys;
    };
    // One request on its way through.
    struct Running;

    Account* account(std::string_view key);
    Id next_request_id();
    bool is_cut_before(Running& run);
    void execute(Running& run);
    ApiResponse call_endpoint(Running& run);
    ApiResponse answer_of(Running& run, const Answer& answer);
    void finish(Running& run, ApiResponse response);
    void trace_arrival(const Running& run);
    std::uint64_t hash_of(const Body& body);

    SimulatorSettings settings_;
    Timeline timeline_;
    Trace trace_;
    FaultPlan faults_;
    std::map<std::string, std::unique_ptr<Account>, std::less<>> accounts_;
    std::uint64_t requests_ = 0;
    Body hashed_body_;  // Of the last answer, and its hash.
    std::uint64_t body_hash_ = 0;
};

}  // namespace onsite::simulator
