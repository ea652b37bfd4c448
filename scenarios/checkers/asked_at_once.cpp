// A client asks for a payment at once: a shopper waits, and one that sleeps until nothing can come
// between its attempts any more hides what would happen there. Of what an order's first job asks
// for first only: a second click may wait for the first one, and retries have to pause.
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {
namespace {

// Longer than anything that has to be looked up or kept before, and more than a shopper bears.
constexpr std::int64_t kFirstRequestUs = 5'000'000;

bool is_payment(std::string_view operation) {
    return operation.ends_with(".pay") || operation.ends_with(".create") ||
           operation.ends_with(".confirm");
}

}  // namespace

std::optional<Violation> check_asked_at_once(const RunRecord& run) {
    std::set<std::string_view> begun;                       // Orders with a job.
    std::map<std::string_view, const TraceEvent*> unasked;  // Their first one.
    for (const TraceEvent& event : run.events) {
        const std::string_view order = event.text("order");
        if (event.is("crash")) unasked.clear();  // What was asleep is gone.
        if (event.is("job") && begun.insert(order).second) unasked[order] = &event;
        if (!event.is("send") || !is_payment(event.text("op"))) continue;
        const auto first = unasked.find(order);
        if (first == unasked.end()) continue;
        const std::int64_t waited_us = event.time_us - first->second->time_us;
        if (waited_us > kFirstRequestUs) {
            return violation(order, event,
                             fmt::format("expected the first request within {} s of the first job, "
                                         "found it after {} s",
                                         kFirstRequestUs / 1'000'000, waited_us / 1'000'000));
        }
        unasked.erase(first);
    }
    return std::nullopt;
}

}  // namespace onsite::scenarios
