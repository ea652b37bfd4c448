// A client calls a payment pending only after it has asked as often as it is told to: a shopper who
// waits for the next delivery, a minute later, waits for nothing. Of the first delivery of a job
// only, and not of answers after which a retry is no use: a no, an advice, a key that is in use.
#include <set>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

bool is_worth_a_retry(const TraceEvent& end) {
    if (end.is("timeout")) return true;
    if (!end.is("answer") || end.text("out") == "done") return false;
    const std::int64_t status = end.number("status");
    return end.text("should_retry") != "false" && (status == 0 || status == 429 || status >= 500);
}

// In the series that this attempt is the last one of.
std::int64_t attempts_until(const RunRecord& run, const TraceEvent* send) {
    std::int64_t attempts = 0;
    while (send != nullptr) {
        ++attempts;
        const TraceEvent* const end = run.end_before(*send);
        if (end == nullptr || send->time_us - end->time_us >= kSeriesPauseUs) break;
        send = run.send_of(*end);
    }
    return attempts;
}

}  // namespace

std::optional<Violation> check_asked_often_enough(const RunRecord& run) {
    std::set<std::string_view> come_again;  // Orders whose job was delivered again.
    for (const TraceEvent& event : run.events) {
        const std::string_view order = event.text("order");
        if (event.is("job") && event.text("is_redelivered") == "true") come_again.insert(order);
        if (!event.is("done") || event.text("status") != "pending") continue;
        const TraceEvent* const end = run.cause_of(event);
        if (come_again.contains(order) || end == nullptr || !is_worth_a_retry(*end)) continue;
        const std::int64_t attempts = attempts_until(run, run.send_of(*end));
        if (attempts == 0 || attempts >= run.scenario.shop.attempts) continue;
        return violation(order, event,
                         fmt::format("expected {} attempts before the payment is called pending, "
                                     "found {}",
                                     run.scenario.shop.attempts, attempts));
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
