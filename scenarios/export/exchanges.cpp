#include "scenarios/export/exchanges.hpp"

#include <map>
#include <string_view>
#include <tuple>
#include <utility>

namespace onsite::scenarios {

std::vector<Exchange> exchanges_of(const RunRecord& run) {
    std::vector<Exchange> all;
    std::map<std::int64_t, std::size_t> by_send;                              // By line.
    std::map<std::pair<std::string_view, std::int64_t>, std::size_t> latest;  // Operation, attempt.
    std::map<std::string_view, std::size_t> by_request;
    for (const TraceEvent& event : run.events) {
        if (event.is("send")) {
            by_send[event.line] = all.size();
            latest[{event.text("op"), event.number("att")}] = all.size();
            all.push_back({.send = &event});
        } else if (event.is("req") && !event.text("cause").empty()) {
            const auto sent = by_send.find(event.number("cause"));
            if (sent == by_send.end()) continue;
            all[sent->second].request = &event;
            by_request[event.text("request")] = sent->second;
        } else if (event.is("reply")) {
            const auto found = by_request.find(event.text("request"));
            if (found != by_request.end()) all[found->second].reply = &event;
        } else if (event.is("answer") || event.is("timeout")) {
            const auto found = latest.find({event.text("op"), event.number("att")});
            if (found != latest.end()) all[found->second].end = &event;
        }
    }
    return all;
}

std::vector<HookExchange> hook_exchanges_of(const RunRecord& run) {
    using Name = std::tuple<std::string_view, std::int64_t, std::string_view>;
    std::vector<HookExchange> all;
    std::map<std::int64_t, std::size_t> by_hook;  // By line.
    std::map<Name, std::size_t> by_name;          // Event, attempt, copy.
    std::map<std::string_view, const TraceEvent*> origins;
    const TraceEvent* request = nullptr;
    const auto name_of = [](const TraceEvent& event) {
        return Name{event.text("event"), event.number("attempt"), event.text("is_copy")};
    };
    for (const TraceEvent& event : run.events) {
        if (event.is("req")) request = &event;
        if (event.is("event")) origins.emplace(event.text("id"), request);
        if (event.is("hook")) {
            by_hook[event.line] = by_name[name_of(event)] = all.size();
            const auto origin = origins.find(event.text("event"));
            all.push_back(
                {.hook = &event, .origin = origin == origins.end() ? nullptr : origin->second});
        } else if (event.is("hook_got")) {
            const auto found = by_hook.find(event.number("cause"));
            if (found != by_hook.end()) all[found->second].got = &event;
        } else if (event.is("hook_reply")) {
            const auto found = by_name.find(name_of(event));
            if (found != by_name.end()) all[found->second].reply = &event;
        }
    }
    return all;
}

std::string_view method_of(const TraceEvent& send) {
    const std::string_view method = send.text("method");
    return method.empty() ? "POST" : method;
}

const TraceEvent* cause_of(const RunRecord& run, const TraceEvent& event) {
    if (!event.text("cause").empty()) {
        const auto line = static_cast<std::size_t>(event.number("cause"));
        return line < static_cast<std::size_t>(event.line) ? &run.events[line] : nullptr;
    }
    const TraceEvent* const request = event.is("req") ? nullptr : run.request_of(event);
    return request != nullptr && request->line < event.line ? request : nullptr;
}

}  // namespace onsite::scenarios
