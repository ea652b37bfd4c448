#include "exercises/4-idempotency/checks/verdicts.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "base/sort_stably.hpp"
#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/replay/story.hpp"

namespace onsite::idempotency {
namespace {

using scenarios::RunRecord;
using scenarios::TraceEvent;
using scenarios::Violation;

// How the orders of a run ended, and of which ones a shopper was told "failed".
struct Orders {
    struct End {
        std::string status = "not begun";
        std::int64_t line = 0;  // That says so.
    };
    std::map<std::string, End> ends = {};
    std::map<std::string, std::int64_t> told_failed = {};  // The line that says so.
};

Orders orders_of(const RunRecord& run) {
    Orders orders;
    for (const TraceEvent& event : run.events) {
        const std::string order(event.text("order"));
        if (event.is("state")) orders.ends[order] = {std::string(event.text("to")), event.line};
        if (event.is("told") && event.text("what") == "failed") {
            orders.told_failed.try_emplace(order, event.line);
        }
    }
    return orders;
}

// A key that was sent before is used for too much: another body, another operation, what is asked
// anew after a no. A wrong key that is new, or none, is one too many for the same money.
bool was_sent_before(const RunRecord& run, const TraceEvent& sent) {
    const std::string_view key = sent.text("key");
    return !key.empty() && std::ranges::any_of(run.events, [&](const TraceEvent& event) {
        return event.line < sent.line && event.is("send") && event.text("key") == key;
    });
}

Promise promise_of(const RunRecord& run, const Violation& broken) {
    const TraceEvent& event = run.events[static_cast<std::size_t>(broken.line)];
    if (broken.checker == "key_discipline") {
        return was_sent_before(run, event) ? Promise::keys : Promise::once;
    }
    if (broken.checker == "retry_discipline") return Promise::manners;
    if (broken.checker == "no_lost_charge") {
        const bool is_said =
            event.is("effect") || event.text("what") == "paid" || event.text("what") == "refunded";
        return is_said ? Promise::truth : Promise::outcomes;
    }
    if (broken.checker == "paid_eventually" || broken.checker == "one_terminal_state") {
        return Promise::outcomes;
    }
    return Promise::once;  // Money that moved twice, too much, or in another currency.
}

// How an order ended is known at the end of the run only, whatever line says it.
bool is_about_the_end(const scenarios::Checker& checker) {
    return checker.id == "paid_eventually" || checker.id == "one_terminal_state";
}

// Whether each fault happened says nothing about a client: one that asks less often meets fewer of
// them. The provider's contract is ours to keep. A client's pauses are told to it, and it has no
// dice. What is found by playing again needs a shop that is ours.
bool is_asked(const scenarios::Checker& checker) {
    return checker.id != "non_vacuity" && checker.id != "provider_contract" &&
           checker.id != "retry_jitter" && !checker.plays_again;
}

// What the checkers see.
void add_violations(const RunRecord& run, Judged& judged) {
    for (const scenarios::Checker& checker : scenarios::checkers()) {
        if (!is_asked(checker)) continue;
        auto broken = checker.check(run);
        if (!broken) continue;
        broken->checker = std::string(checker.id);
        judged.findings.push_back(
            {.promise = promise_of(run, *broken),
             .line = is_about_the_end(checker) ? run.events.back().line : broken->line,
             .message = fmt::format("{}: {}", broken->operation, broken->message),
             .story = scenarios::lines_around(run, *broken, scenarios::Hashes::shown)});
    }
}

// Orders that the reference gets paid, and this client does not.
void add_unpaid(const RunRecord& run, const Orders& expected, const Orders& found, Judged& judged) {
    for (const auto& [order, right] : expected.ends) {
        if (right.status != "paid") continue;
        const bool is_told = found.told_failed.contains(order);
        if (is_told && !expected.told_failed.contains(order) && !judged.symptom) {
            judged.symptom = fmt::format(
                "the shopper of {} is told that the payment failed, although it can be made",
                order);
        }
        const auto ended = found.ends.find(order);
        const Orders::End end = ended == found.ends.end() ? Orders::End{} : ended->second;
        if (end.status == "paid") continue;
        const Violation broken{.operation = order,
                               .line = end.line,
                               .message = fmt::format("{}: expected the order to be paid in the "
                                                      "end, as it can be, found it {}",
                                                      order, end.status)};
        judged.findings.push_back(
            {.promise = Promise::outcomes,
             .line = run.events.back().line,
             .message = broken.message,
             .story = scenarios::lines_around(run, broken, scenarios::Hashes::shown)});
    }
}

// Jobs that the client ends with "paid" while nothing was charged for the order. What the shop
// makes of that is another matter: with some flows it waits for a webhook that never comes.
void add_lies(const RunRecord& run, Judged& judged) {
    std::set<std::string_view> charged;
    for (const TraceEvent& event : run.events) {
        if (event.is("charge")) charged.insert(run.order_of(event));
        if (!event.is("done") || event.text("status") != "paid") continue;
        const std::string_view order = event.text("order");
        if (charged.contains(order)) continue;
        const Violation lie{.operation = std::string(order),
                            .line = event.line,
                            .message = fmt::format("{}: expected a charge for an order that the "
                                                   "client calls paid, found none",
                                                   order)};
        judged.findings.push_back(
            {.promise = Promise::truth,
             .line = lie.line,
             .message = lie.message,
             .story = scenarios::lines_around(run, lie, scenarios::Hashes::shown)});
        return;
    }
}

}  // namespace

Result<Judged> judge_run(const scenarios::Scenario& scenario, std::string_view trace) {
    auto run = scenarios::read_trace(trace);
    if (!run) return tool_error(run.error().message);
    const auto right =
        scenarios::play(scenario, *scenarios::find_shop(scenarios::kReference)).trace;
    auto expected = scenarios::read_trace(right);
    if (!expected) return tool_error(expected.error().message);
    Judged judged;
    add_violations(*run, judged);
    add_lies(*run, judged);
    add_unpaid(*run, orders_of(*expected), orders_of(*run), judged);
    sort_stably(judged.findings, &Finding::line);
    return judged;
}

}  // namespace onsite::idempotency
