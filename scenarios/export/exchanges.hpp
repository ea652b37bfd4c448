// Who talked to whom in a run: the lines of a trace that belong together.
#pragma once

#include <string_view>
#include <vector>

#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {

// One attempt of the shop, seen from both ends. nullptr: no such line.
struct Exchange {
    const TraceEvent* send = nullptr;
    const TraceEvent* request = nullptr;  // `req`: it arrived at the provider.
    const TraceEvent* reply = nullptr;    // It left the provider.
    const TraceEvent* end = nullptr;      // `answer` or `timeout`; none when the shop crashed.
};

// One attempt to deliver an event.
struct HookExchange {
    const TraceEvent* hook = nullptr;
    const TraceEvent* got = nullptr;     // It arrived at the shop.
    const TraceEvent* reply = nullptr;   // `hook_reply`.
    const TraceEvent* origin = nullptr;  // The `req` that made the event.
};

// In the order of their first lines. Complexity: O(lines * log lines).
std::vector<Exchange> exchanges_of(const RunRecord& run);
std::vector<HookExchange> hook_exchanges_of(const RunRecord& run);

// The HTTP method of a `send`: it says so when it is not POST.
std::string_view method_of(const TraceEvent& send);

// The line that led to this one: its `cause`, or the request that it answers. nullptr: none.
const TraceEvent* cause_of(const RunRecord& run, const TraceEvent& event);

}  // namespace onsite::scenarios
