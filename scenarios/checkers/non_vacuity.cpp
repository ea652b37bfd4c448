// A scenario whose fault never happens proves nothing, and neither does one in which nobody does
// anything or that never comes to rest.
#include <algorithm>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

using simulator::Fault;
using simulator::WebhookFault;
using simulator::WebhookFaultKind;

bool has_fired(const RunRecord& run, const Fault& fault) {
    const std::string name =
        fmt::format("{}:{}", simulator::to_string(fault.at), simulator::to_string(fault.kind));
    return std::ranges::any_of(run.events, [&](const TraceEvent& event) {
        if (!event.is("req")) return false;
        const auto met = event.texts("fault");
        if (std::ranges::find(met, name) == met.end()) return false;
        if (event.text("op") != fault.operation) return !fault.operation.contains('.');
        return fault.attempt == 0 || event.number("att") == fault.attempt;
    });
}

bool needs_attempt(WebhookFaultKind kind) {
    return kind == WebhookFaultKind::drop || kind == WebhookFaultKind::corrupt_signature ||
           kind == WebhookFaultKind::stale_timestamp;
}

bool has_fired(const RunRecord& run, const WebhookFault& fault) {
    std::int64_t nth = 0;
    for (const TraceEvent& event : run.events) {
        if (!event.is("event")) continue;
        if (fault.event_type != "*" && event.text("type") != fault.event_type) continue;
        if (++nth != fault.nth && fault.nth != 0) continue;
        if (!needs_attempt(fault.kind) || fault.attempt == 0) return true;
        return std::ranges::any_of(run.events, [&](const TraceEvent& hook) {
            return hook.is("hook") && hook.text("event") == event.text("id") &&
                   hook.number("attempt") == fault.attempt;
        });
    }
    return false;
}

bool has_fired(const RunRecord& run, const Crash& crash) {
    return std::ranges::any_of(run.events, [&](const TraceEvent& event) {
        return event.is("crash") && event.text("order") == crash.order &&
               event.text("await") == crash.await && event.number("nth") == crash.nth;
    });
}

bool was_answered(const RunRecord& run, std::string_view order, bool succeeds) {
    return std::ranges::any_of(run.events, [&](const TraceEvent& event) {
        return event.is("authentication") && event.text("order") == order &&
               event.text("result") == (succeeds ? "succeeded" : "failed");
    });
}

std::optional<Violation> never(const RunRecord& run, std::string_view about, std::string fault) {
    return violation(about, run.events.back(),
                     fmt::format("expected {} to happen, it never did", fault));
}

}  // namespace

std::optional<Violation> check_non_vacuity(const RunRecord& run) {
    const auto is_step = [](const TraceEvent& event) {
        return event.is("step") && event.text("is_lost").empty();
    };
    if (std::ranges::none_of(run.events, is_step)) return never(run, "", "a step");
    for (const TraceEvent& event : run.events) {
        if (event.is("endless")) return violation("", event, "expected the run to end, it did not");
    }
    for (const Step& step : run.scenario.steps) {
        const bool succeeds = step.authenticates_us > 0;
        if (!succeeds && step.gives_up_us == 0) continue;
        if (was_answered(run, step.order, succeeds)) continue;
        return never(run, step.order,
                     fmt::format("an authentication that {}", succeeds ? "succeeds" : "fails"));
    }
    for (const Fault& fault : run.scenario.faults) {
        if (has_fired(run, fault)) continue;
        return never(run, fault.operation,
                     fmt::format("{} at {} of attempt {}", simulator::to_string(fault.kind),
                                 simulator::to_string(fault.at), fault.attempt));
    }
    for (const WebhookFault& fault : run.scenario.webhook_faults) {
        if (has_fired(run, fault)) continue;
        return never(run, fault.event_type,
                     fmt::format("{} of webhook {}", simulator::to_string(fault.kind), fault.nth));
    }
    for (const Crash& crash : run.scenario.crashes) {
        if (has_fired(run, crash)) continue;
        return never(run, crash.order, fmt::format("a crash at {} {}", crash.await, crash.nth));
    }
    return std::nullopt;
}

std::optional<Violation> check_story_happened(const RunRecord& run) {
    if (auto never_fired = check_non_vacuity(run)) return never_fired;
    const Flow flow = run.scenario.shop.flow;
    if (flow != Flow::two_calls && flow != Flow::confirm_on_webhook) return std::nullopt;
    const bool confirms = std::ranges::any_of(run.events, [](const TraceEvent& event) {
        return event.is("send") && event.text("op").ends_with(".confirm");
    });
    return confirms ? std::nullopt
                    : std::optional(never(run, to_string(flow), "a payment in two requests"));
}

}  // namespace onsite::scenarios
