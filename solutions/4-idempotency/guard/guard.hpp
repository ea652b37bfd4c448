// The server's side of idempotency: a write that is sent twice happens once.
//
//     no key                                   428
//     a key of another body or operation       409, with the parameters that it was first sent with
//     its first request is still at work       409, with Retry-After
//     it is done                               the response of the first time, byte for byte
//     nobody knows (the process died)          the work is taken over when the lease is over
//
// What it promises: of requests with one key the work ends once, and all that get its response get
// the same. What it cannot promise alone: between the work and the record of it a process may die,
// and then the work is done again. So the work gets a name, `Work::downstream_key`, that is the
// same in every attempt: whatever it asks of others it asks under that key, and whatever it writes
// itself has that key in a unique column. Then "again" finds it done.
//
// Limits: a key is known for `retention_ms`, and only while it is done; a process that sleeps
// longer than its lease may work beside the one that took over (both under the same downstream
// key), and its response is dropped. Clocks of several servers must agree better than the lease.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "solutions/4-idempotency/guard/key_store.hpp"
#include "solutions/4-idempotency/guard/request.hpp"

namespace onsite::idempotency {

struct GuardSettings {
    // How long the work may take before somebody else may do it: longer than every deadline in it.
    std::int64_t lease_ms = 60'000;
    std::int64_t retention_ms = 24LL * 3600 * 1000;
};

struct Work {
    std::string downstream_key = {};
    bool is_again = false;  // An earlier attempt may have done a part of it, or all.
};
// The response, definite and kept for ever; nothing when nobody knows how it ended.
using Effect = std::function<std::optional<Response>(const Work& work)>;

// Thread safety: none; each thread has a guard on a store of its own, and they share the table.
class Guard {
public:
    // REQUIRES: store and clock outlive the guard.
    Guard(KeyStore& store, Clock& clock, GuardSettings settings = {})
        : store_(store), clock_(clock), settings_(settings) {}

    // Runs `effect` at most once for all requests of a key that come in time, or answers itself.
    // Errors: tool, when the database fails: nothing was started, or the work was done and its
    // record was not, and the next request takes it over.
    Result<Response> handle(const Request& request, const Effect& effect);

    // Deletes what is older than the retention. To be called now and then; how many there were.
    Result<std::int64_t> forget_old();

private:
    Result<Response> work(const KeyRow& mine, const Effect& effect, bool is_again);

    KeyStore& store_;
    Clock& clock_;
    GuardSettings settings_;
};

}  // namespace onsite::idempotency
