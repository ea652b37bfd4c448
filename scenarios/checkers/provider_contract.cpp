// The fake provider itself: within its retention a key whose request has an answer gives that
// answer again, byte for byte, and refuses another body with its profile's status. Requests that a
// fault answers before they reach the keys are passed over.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "simulator/idempotency/profile.hpp"

namespace onsite::scenarios {
namespace {

struct First {
    const TraceEvent* request;
    const TraceEvent* reply;
};

bool is_success(const TraceEvent& reply) {
    return reply.number("status") >= 200 && reply.number("status") < 300;
}

bool meets_fault_before(const TraceEvent& request) {
    for (const std::string_view fault : request.texts("fault")) {
        if (fault.starts_with("before_commit")) return true;
    }
    return false;
}

std::optional<Violation> compare(const First& first, const TraceEvent& request,
                                 const TraceEvent& reply, const simulator::Profile& profile) {
    if (request.time_us - first.request->time_us >= profile.retention_us) return std::nullopt;
    const bool is_same = first.request->text("params") == request.text("params") &&
                         first.request->text("path") == request.text("path");
    if (is_same && reply.text("replays") == first.request->text("request") &&
        reply.text("body") == first.reply->text("body")) {
        return std::nullopt;
    }
    if (!is_same && reply.number("status") == profile.mismatch_status) return std::nullopt;
    return violation(request.text("op"), reply,
                     fmt::format("expected {} for the key \"{}\", found {}",
                                 is_same ? "the first answer" : "a refusal", request.text("key"),
                                 reply.text("status")));
}

}  // namespace

std::optional<Violation> check_provider_contract(const RunRecord& run) {
    const simulator::Profile& profile = *simulator::find_profile(run.scenario.profile);
    std::map<std::string_view, First> firsts;  // By key.
    for (const TraceEvent& reply : run.events) {
        const TraceEvent* request = reply.is("reply") ? run.request_of(reply) : nullptr;
        if (request == nullptr || request->text("key").empty()) continue;
        const auto first = firsts.find(request->text("key"));
        if (first == firsts.end() || first->second.reply->line > request->line) {
            if (is_success(reply))
                firsts.insert_or_assign(request->text("key"), First{request, &reply});
            continue;
        }
        if (meets_fault_before(*request)) continue;
        if (auto broken = compare(first->second, *request, reply, profile)) return broken;
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
