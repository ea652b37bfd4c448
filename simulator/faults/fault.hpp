// What goes wrong, where: a fault names an operation, one of its attempts and a cut point, never a
// moment or a global number, so that hidden retries of a client do not move it.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "simulator/core/table.hpp"
#include "simulator/wire/params.hpp"

namespace onsite::simulator {

// Where, seen from the commit of the change.
enum class CutPoint { connect, request, before_commit, after_commit, response };
inline constexpr std::array kCutPoints = {CutPoint::connect, CutPoint::request,
                                          CutPoint::before_commit, CutPoint::after_commit,
                                          CutPoint::response};
std::string_view to_string(CutPoint cut_point);

// Each kind is one that clients treat differently (docs/reference/faults.md).
enum class FaultKind {
    refuse,      // connect: the connection is closed before a byte is read.
    lost,        // request: it never arrives. response: it ran, and the answer never comes.
    reset,       // request, response: the connection is reset (RST), which clients retry silently.
    stall,       // response: nothing is sent until the client gives up.
    slow_drip,   // response: whole, but a byte at a time.
    truncate,    // response: ends in the middle of the body, after the headers.
    bad_json,    // response: 200 with a body that is no JSON.
    delay,       // before_commit: it runs later, and its key is in use until then.
    status,      // before_commit, after_commit: an error of the API with that status.
    rate_limit,  // before_commit: 429 with Stripe-Rate-Limited-Reason.
    lock_timeout,  // before_commit: 429 with the code lock_timeout.
    decline,       // before_commit: the card network says no with that decline code.
};
inline constexpr std::array kFaultKinds = {
    FaultKind::refuse,    FaultKind::lost,       FaultKind::reset,        FaultKind::stall,
    FaultKind::slow_drip, FaultKind::truncate,   FaultKind::bad_json,     FaultKind::delay,
    FaultKind::status,    FaultKind::rate_limit, FaultKind::lock_timeout, FaultKind::decline};
std::string_view to_string(FaultKind kind);

inline constexpr std::size_t kFaultsMax = 10'000;
inline constexpr std::size_t kOperationsMax = 100'000;

struct Fault {
    std::string operation = "*";  // A name, a route ("POST /v1/payment_intents"), or "*" for all.
    std::int64_t attempt = 1;     // The n-th arrival of the operation; 0 for every one.
    CutPoint at = CutPoint::response;
    FaultKind kind = FaultKind::lost;
    int status = 500;           // status only.
    std::string code = {};      // decline: "insufficient_funds"; rate_limit: the reason.
    std::int64_t delay_us = 0;  // delay, stall and slow_drip: how long.
    std::optional<bool> should_retry = {};  // Of Stripe-Should-Retry, with status and rate_limit.
    friend bool operator==(const Fault&, const Fault&) = default;
};

// Errors: usage, when a kind cannot happen at its cut point or a value makes no sense.
Result<void> check_fault(const Fault& fault);

// What one arrival meets.
struct Arrival {
    std::int64_t attempt = 0;
    std::vector<Fault> faults = {};

    // nullptr when nothing goes wrong there.
    const Fault* at(CutPoint cut_point) const;
};

// Thread safety: none.
class FaultPlan {
public:
    // Errors: usage, from check_fault(), or when there are kFaultsMax.
    Result<void> add(Fault fault);
    void clear() { faults_.clear(); }
    const std::vector<Fault>& faults() const { return faults_; }

    // Counts an arrival. `operation` is what the client calls it, empty when it has no name for it;
    // then the route is its name. Faults of a route or "*" count arrivals of that route, or of all.
    // Of names that the client chose the last kOperationsMax are counted; older ones begin anew.
    Arrival arrive(std::string_view operation, std::string_view route);

private:
    struct Counted {
        std::string id;
        std::int64_t arrivals = 0;
    };

    std::vector<Fault> faults_;
    std::int64_t arrivals_ = 0;
    std::map<std::string, std::int64_t, std::less<>> of_route_;
    Table<Counted> of_operation_{kOperationsMax};
};

}  // namespace onsite::simulator
