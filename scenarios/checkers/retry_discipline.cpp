// A retry comes after a pause of at least the first back-off, and never after an answer that says
// definitely no, or that a retry is useless. Attempts that run side by side are no retries.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

// 4xx other than 409 and 429: the same request has the same answer.
bool is_definite_no(const TraceEvent& end) {
    const std::int64_t status = end.number("status");
    return status >= 400 && status < 500 && status != 409 && status != 429;
}

std::optional<Violation> compare(const TraceEvent& end, const TraceEvent& send,
                                 std::int64_t pause_us) {
    const std::string_view operation = send.text("op");
    if (is_definite_no(end)) {
        return violation(
            operation, send,
            fmt::format("expected no retry after a {}, found one", end.text("status")));
    }
    if (end.text("should_retry") == "false") {
        return violation(operation, send,
                         "expected no retry when the provider says that it is useless, found one");
    }
    if (end.text("out") == "done" || send.time_us - end.time_us >= pause_us) return std::nullopt;
    return violation(operation, send,
                     fmt::format("expected a pause of {} us before the retry, found {}", pause_us,
                                 send.time_us - end.time_us));
}

}  // namespace

std::optional<Violation> check_retry_discipline(const RunRecord& run) {
    struct Attempt {
        const TraceEvent* send = nullptr;
        const TraceEvent* end = nullptr;  // Its answer or timeout.
    };
    const auto& pauses = run.scenario.shop.backoff_us;
    const std::int64_t pause_us = pauses.empty() ? 0 : pauses.front();
    std::map<std::string_view, Attempt> latest;  // By operation.
    for (const TraceEvent& event : run.events) {
        if (event.is("answer") || event.is("timeout")) latest[event.text("op")].end = &event;
        if (!event.is("send")) continue;
        Attempt& before = latest[event.text("op")];
        const bool is_retry = before.send != nullptr && before.end != nullptr &&
                              before.send->text("params") == event.text("params");
        if (is_retry) {
            if (auto broken = compare(*before.end, event, pause_us)) return broken;
        }
        before = {&event, nullptr};
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
