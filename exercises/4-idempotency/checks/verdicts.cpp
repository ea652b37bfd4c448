#include "exercises/4-idempotency/checks/verdicts.hpp"

#include <algorithm>
#include <set>

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

bool has_charge(const RunRecord& run) {
    return std::ranges::any_of(run.events,
                               [](const TraceEvent& event) { return event.is("charge"); });
}

// Which orders of a run ended paid, and of which ones a shopper was told "failed".
struct Orders {
    std::set<std::string_view> paid = {};
    std::set<std::string_view> told_failed = {};
};

Orders orders_of(const RunRecord& run) {
    Orders orders;
    for (const TraceEvent& event : run.events) {
        const std::string_view order = event.text("order");
        if (event.is("state") && event.text("to") == "paid") orders.paid.insert(order);
        if (event.is("state") && event.text("to") != "paid") orders.paid.erase(order);
        if (event.is("told") && event.text("what") == "failed") orders.told_failed.insert(order);
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
    // Manners, behind which keys count: a key is hidden by who sleeps before its first request.
    if (broken.checker == "retry_discipline" || broken.checker == "asked_at_once") {
        return Promise::manners;
    }
    if (broken.checker == "no_lost_charge") {
        const bool is_said =
            event.is("effect") || event.text("what") == "paid" || event.text("what") == "refunded";
        return is_said ? Promise::truth : Promise::outcomes;
    }
    if (broken.checker == "paid_is_charged") return Promise::truth;
    if (broken.checker == "paid_as_possible" || broken.checker == "paid_eventually" ||
        broken.checker == "one_terminal_state" || broken.checker == "asked_often_enough") {
        return Promise::outcomes;
    }
    return Promise::once;  // Money that moved twice, too much, or in another currency.
}

// How an order ended is known at the end of the run only, whatever line says it.
bool is_about_the_end(const scenarios::Checker& checker) {
    return checker.id == "paid_eventually" || checker.id == "one_terminal_state" ||
           checker.id == "paid_as_possible";
}

// What the checkers see.
void add_violations(const RunRecord& run, Judged& judged) {
    for (const scenarios::Checker* checker : scenarios::checkers_of_clients()) {
        auto broken = checker->check(run);
        if (!broken) continue;
        broken->checker = std::string(checker->id);
        judged.findings.push_back(
            {.promise = promise_of(run, *broken),
             .line = is_about_the_end(*checker) ? run.events.back().line : broken->line,
             .message = fmt::format("{}: {}", broken->operation, broken->message),
             .story = scenarios::lines_around(run, *broken, scenarios::Hashes::shown)});
    }
}

// Told "failed", a shopper does not try another card; the contract has a word for a decline.
void add_unsaid_decline(const RunRecord& run, Judged& judged) {
    for (const TraceEvent& event : run.events) {
        if (!event.is("done") || event.text("status") != "failed") continue;
        const TraceEvent* const answer = run.cause_of(event);
        if (answer == nullptr || !answer->is("answer") || answer->number("status") != 402) continue;
        const std::string_view order = event.text("order");
        const Violation broken{.operation = std::string(order), .line = event.line};
        judged.findings.push_back(
            {.promise = Promise::outcomes,
             .line = event.line,
             .message =
                 fmt::format("{}: expected a 402 to be called declined, found failed", order),
             .story = scenarios::lines_around(run, broken, scenarios::Hashes::shown)});
        return;
    }
}

// A shopper is told "failed" of an order that the reference gets paid without such a word.
std::optional<std::string> symptom_of(const Orders& expected, const Orders& found) {
    for (const std::string_view order : expected.paid) {
        if (!found.told_failed.contains(order) || expected.told_failed.contains(order)) continue;
        return fmt::format(
            "the shopper of {} is told that the payment failed, although it can be made", order);
    }
    return std::nullopt;
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
    add_unsaid_decline(*run, judged);
    judged.symptom = symptom_of(orders_of(*expected), orders_of(*run));
    judged.pays_nobody = has_charge(*expected) && !has_charge(*run);
    sort_stably(judged.findings, &Finding::line);
    return judged;
}

}  // namespace onsite::idempotency
