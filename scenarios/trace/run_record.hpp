// A trace, read again: what checkers see of a run, and all that they see.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// One line. Members are texts: numbers in digits, "true" and "false".
struct TraceEvent {
    std::int64_t line = 0;
    std::int64_t time_us = 0;
    std::string kind = {};  // Its "ev".
    std::vector<std::pair<std::string, std::string>> members = {};

    bool is(std::string_view name) const { return kind == name; }
    // The first member of that name; empty, and 0, when there is none.
    std::string_view text(std::string_view name) const;
    std::int64_t number(std::string_view name) const;
    std::vector<std::string_view> texts(std::string_view name) const;
};

struct RunRecord {
    Scenario scenario = {};
    std::string shop = {};
    std::vector<TraceEvent> events = {};  // By line; of a whole run events[i].line == i.
    std::string hash = {};                // Of the footer.

    // Somebody else's client took the payments: another process had a part in the run.
    bool is_of_a_client() const;
    // And it is a service, which was seen from outside only.
    bool is_of_a_service() const;
    // As the first line says it: "exact", "ordered".
    std::string_view determinism() const;

    // The request that a line belongs to, by its id; nullptr for none.
    const TraceEvent* request_of(const TraceEvent& event) const;
    // The line that led to this one, which comes earlier; nullptr for none, and when this is a part
    // of a run without it. Complexity: O(log lines).
    const TraceEvent* cause_of(const TraceEvent& event) const;
    // The attempt that an `answer` or a `timeout` ends; nullptr when the trace does not say.
    const TraceEvent* send_of(const TraceEvent& end) const;
    // The `answer` or `timeout` of the same operation after which the shop sent this; nullptr when
    // something else led to it: a click, a webhook, a restart. Only the former is a retry.
    const TraceEvent* end_before(const TraceEvent& send) const;
    // "order-1" of the line's own `order`, else of its request's operation "order-1.pay".
    std::string_view order_of(const TraceEvent& event) const;
    // What the client called the work that moved this money: "order-1.pay", "refund-1.refund".
    std::string_view operation_of(const TraceEvent& event) const;

    std::map<std::string, std::size_t, std::less<>> requests = {};  // Id -> index of its `req`.
};

// Errors: usage, naming the line: it is no JSON, the first is no header, the last no footer, or the
// hash in the footer is not that of the lines.
Result<RunRecord> read_trace(std::string_view trace);

// What play() of this scenario has just traced here: nobody changed it, so its hash is not checked,
// and its header need not have the scenario.
RunRecord record_of(std::string_view trace, const Scenario& scenario);

}  // namespace onsite::scenarios
