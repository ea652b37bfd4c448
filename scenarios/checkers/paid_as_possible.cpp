// An order that the reference gets paid is paid in the end, and a refund that it makes is made and
// told. A client that asks for nothing breaks no other promise: this one says that it could have
// been done.
#include <map>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {
namespace {

using Changes = std::map<std::string_view, const TraceEvent*>;  // By order: the last one.

Changes last_changes_of(const RunRecord& run) {
    Changes changes;
    for (const TraceEvent& event : run.events) {
        if (event.is("state")) changes[event.text("order")] = &event;
    }
    return changes;
}

// Whether each click of the order came while the process was down. When that is depends on how long
// the client takes to where it crashes, which the reference takes in a time of its own.
bool was_missed(const RunRecord& run, std::string_view order) {
    bool is_up = true;
    for (const TraceEvent& event : run.events) {
        if (event.is("crash")) is_up = false;
        if (event.is("restart")) is_up = true;
        const bool is_click =
            event.is("step") && event.text("order") == order && event.text("do") == "pay";
        if (is_click && is_up) return false;
    }
    return true;
}

// What a shopper was told last of each refund, by its id.
std::map<std::string_view, std::string_view> refunds_told(const RunRecord& run) {
    std::map<std::string_view, std::string_view> told;
    for (const TraceEvent& event : run.events) {
        const std::string_view what = event.text("what");
        if (event.is("told") && what.starts_with("refund")) told[event.text("order")] = what;
    }
    return told;
}

std::optional<Violation> lost_refund(const RunRecord& run, const RunRecord& reference) {
    if (run.is_of_a_service()) return std::nullopt;  // It tells only what it knows at once.
    const auto found = refunds_told(run);
    for (const auto& [refund, expected] : refunds_told(reference)) {
        const auto told = found.find(refund);
        const std::string_view word = told == found.end() ? "" : told->second;
        if (expected != "refunded" || word == "refunded") continue;
        return violation(refund, run.events.back(),
                         fmt::format("expected the refund to be made and known in the end, as it "
                                     "can be, found {}",
                                     word.empty() ? "no word of it" : word));
    }
    return std::nullopt;
}

}  // namespace

std::optional<Violation> check_paid_as_possible(const RunRecord& run) {
    const Played right = play(run.scenario, *find_shop(kReference), Header::without_scenario);
    const RunRecord reference = record_of(right.trace, run.scenario);
    const Changes found = last_changes_of(run);
    for (const auto& [order, expected] : last_changes_of(reference)) {
        if (expected->text("to") != "paid") continue;
        const auto change = found.find(order);
        const bool is_begun = change != found.end();
        const std::string_view status = is_begun ? change->second->text("to") : "not begun";
        if (status == "paid" || (!is_begun && was_missed(run, order))) continue;
        return violation(order, is_begun ? *change->second : run.events.front(),
                         fmt::format("expected the order to be paid in the end, as it can be, "
                                     "found it {}",
                                     status));
    }
    return lost_refund(run, reference);
}

}  // namespace onsite::scenarios
