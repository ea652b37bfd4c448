// What holds of every incident of every seed: the logs agree with the trace, the affected orders
// are what the checkers say, the right answer has every point, and controls are healthy.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "exercises/4-idempotency/drill/drill_folder.hpp"
#include "exercises/4-idempotency/drill/grade.hpp"
#include "exercises/4-idempotency/drill/taxonomy.hpp"
#include "scenarios/checkers/checker.hpp"
#include "tests/property/property.hpp"

namespace onsite::drill {
namespace {

using scenarios::RunRecord;
using scenarios::TraceEvent;

struct Drawn {
    const Recipe* recipe;
    std::uint64_t seed;
    Evidence evidence;
};

Drawn some_incident() {
    const auto nth = *rc::gen::inRange<std::size_t>(0, recipes().size());
    const auto seed = *rc::gen::inRange<std::uint64_t>(0, 1'000'000);
    RC_LOG() << recipes()[nth].id << " seed " << seed << "\n";
    auto evidence = play_incident(recipes()[nth], seed);
    RC_ASSERT(evidence.has_value());
    return {.recipe = &recipes()[nth], .seed = seed, .evidence = std::move(*evidence)};
}

TEST(IncidentProperty, EveryRecipeBreaksAPromiseExactlyWhenItIsNoControl) {
    for (const Recipe& recipe : recipes()) {
        for (const std::uint64_t seed : {1u, 2u}) {
            const auto evidence = play_incident(recipe, seed);
            ASSERT_TRUE(evidence) << recipe.id;
            const auto broken = scenarios::judge(evidence->run);
            const Truth truth = find_truth(*evidence);
            EXPECT_EQ(truth.is_violated(), !recipe.is_control()) << recipe.id;
            for (const auto& violation : broken) {
                // A fault that never happened says nothing about the shop.
                EXPECT_TRUE(truth.broken.contains(violation.checker) ||
                            violation.checker == "non_vacuity")
                    << recipe.id << " " << violation.checker << " " << violation.message;
            }
            const Share share = dashboard_share(*evidence);
            EXPECT_GE(share.failed * 100, share.orders * 3) << recipe.id;
            EXPECT_LE(share.failed * 100, share.orders * 8) << recipe.id;
            if (recipe.is_control()) continue;
            EXPECT_GE(truth.affected.size(), 5u) << recipe.id;
            EXPECT_LE(truth.affected.size(), 40u) << recipe.id;
        }
    }
}

TEST(IncidentProperty, TheLogsAgreeWithTheTrace) {
    expect_property(
        [] {
            const Drawn drawn = some_incident();
            const auto& events = drawn.evidence.run.events;
            std::map<std::string, std::size_t> logged;
            std::int64_t before = 0;
            for (const LogLine& line : make_logs(drawn.evidence)) {
                const TraceEvent& event = events[static_cast<std::size_t>(line.number)];
                RC_ASSERT(line.at_ms == event.time_us / 1000);
                RC_ASSERT(line.number >= before);
                before = line.number;
                ++logged[fmt::format("{} {}", to_string(line.source), line.event)];
                // A client without an answer knows no status and no request.
                if (line.event == "timeout" || line.event == "no_answer") {
                    RC_ASSERT(line.text("status").empty() && line.text("request").empty());
                    RC_ASSERT(line.event == "no_answer" || line.text("knowledge") == "unknown");
                }
                if (line.source == Source::client && line.event == "request") {
                    RC_ASSERT(line.text("key") == event.text("key"));
                    RC_ASSERT(line.text("body_hash") == event.text("params"));
                }
                // Nobody logs the fault that was injected.
                RC_ASSERT(line.text("fault").empty() && line.text("cut").empty());
            }
            const auto count = [&](std::string_view kind) {
                return static_cast<std::size_t>(
                    std::ranges::count(events, kind, &TraceEvent::kind));
            };
            RC_ASSERT(logged["client request"] == count("send"));
            RC_ASSERT(logged["client answer"] + logged["client no_answer"] == count("answer"));
            RC_ASSERT(logged["client timeout"] == count("timeout"));
            RC_ASSERT(logged["service order_status"] == count("state"));
            RC_ASSERT(logged["provider request"] == count("req"));
            RC_ASSERT(logged["provider reply"] == count("reply"));
            RC_ASSERT(logged["provider charge"] == count("charge"));
            const Metrics metrics = measure(drawn.evidence);
            RC_ASSERT(metrics.sum(Metric::charges) <= static_cast<std::int64_t>(count("charge")));
            RC_ASSERT(metrics.sum(Metric::payments) <= kOrders);
        },
        10);
}

// What the shop's own promises are judged by, on the run without some orders.
bool is_broken_without(const Evidence& evidence, const std::set<std::string>& orders) {
    RunRecord rest;
    rest.scenario.profile = evidence.run.scenario.profile;
    rest.scenario.shop = evidence.run.scenario.shop;
    rest.scenario.checks = {"key_discipline",  "minor_units",          "no_double_charge",
                            "no_lost_charge",  "one_effect_per_event", "one_terminal_state",
                            "paid_eventually", "retry_discipline"};
    for (const TraceEvent& event : evidence.run.events) {
        if (orders.contains(evidence.order[static_cast<std::size_t>(event.line)])) continue;
        if (event.is("req")) rest.requests.emplace(event.text("request"), rest.events.size());
        rest.events.push_back(event);
    }
    return !scenarios::judge(rest).empty();
}

TEST(IncidentProperty, TheAffectedOrdersAreWhatTheCheckersSay) {
    expect_property(
        [] {
            const Drawn drawn = some_incident();
            std::set<std::string> affected;
            for (const auto& [order, lines] : find_truth(drawn.evidence).affected) {
                affected.insert(order);
            }
            RC_ASSERT(!is_broken_without(drawn.evidence, affected));
            if (affected.empty()) return;
            // Each of them is broken, also when no other one is looked at.
            const std::vector<std::string> all(affected.begin(), affected.end());
            affected.erase(*rc::gen::elementOf(all));
            RC_ASSERT(is_broken_without(drawn.evidence, affected));
        },
        10);
}

Diagnosis right_answer(const AnswerKey& key) {
    Diagnosis diagnosis{.is_violated = key.is_violated,
                        .at = "e" + std::to_string(*key.exact.begin()),
                        .component = std::string(to_string(find_cause(key.cause)->component)),
                        .because = "Because.",
                        .cause = key.cause,
                        .affected = key.affected};
    if (key.is_violated) diagnosis.invariant = *key.broken.begin();
    return diagnosis;
}

std::int64_t points(const Diagnosis& diagnosis, const AnswerKey& key) {
    std::int64_t sum = 0;
    for (const Points& part : grade_answers(diagnosis, key)) sum += part.points;
    return sum;
}

TEST(GradeProperty, TheKeysAnswerHasEveryPointAndAWrongOneLess) {
    expect_property(
        [] {
            const Drawn drawn = some_incident();
            const AnswerKey key = make_key(*drawn.recipe, drawn.seed, drawn.evidence);
            const auto again = read_key(to_json(key), "key");
            const bool is_same = again && *again == key;
            RC_ASSERT(is_same);
            const Diagnosis right = right_answer(key);
            RC_ASSERT(points(right, key) == 75);
            Diagnosis wrong = right;
            switch (*rc::gen::inRange(0, 5)) {
                case 0:
                    wrong.is_violated = !key.is_violated;
                    break;
                case 1:
                    wrong.at = "e" + std::to_string(*rc::gen::inRange(0, 100));
                    wrong.component = "nowhere";
                    break;
                case 2: {
                    const auto causes_all = causes();
                    wrong.cause =
                        causes_all[*rc::gen::inRange<std::size_t>(0, causes_all.size())].id;
                    if (wrong.cause == key.cause) wrong.cause.clear();
                    break;
                }
                case 3:
                    for (int i = 1; i <= kOrders; ++i) {
                        wrong.affected->insert(fmt::format("order-{}", i));
                    }
                    break;
                default:
                    if (key.affected.empty()) {
                        wrong.affected->insert("order-1");
                    } else {
                        wrong.affected->clear();
                    }
            }
            RC_ASSERT(points(wrong, key) < 75);
        },
        12);
}

TEST(IncidentProperty, TheSameIdAndSeedGiveTheSameFiles) {
    for (const char* id : {"incident-08", "incident-16"}) {
        const auto one = make_drill(*find_recipe(id), 42, "a");
        const auto other = make_drill(*find_recipe(id), 42, "a");
        ASSERT_TRUE(one && other);
        EXPECT_EQ(one->files, other->files);
        EXPECT_EQ(one->key, other->key);
        EXPECT_NE(make_drill(*find_recipe(id), 43, "a")->files, one->files);
    }
}

TEST(AlertProperty, ItNeverOverflowsAndAnythingElseIsRefused) {
    expect_property(
        [] {
            const auto text = *rc::gen::container<std::string>(
                rc::gen::elementOf(std::string("rate(conflicts)/payments,5m p95_ms><=0.9%andor")));
            const auto alert = parse_alert(text);
            if (!alert) {
                RC_ASSERT(!alert.error().message.empty());
                return;
            }
            Metrics metrics;
            metrics.minutes.resize(3);
            RC_ASSERT(alert->first_minute(metrics) < 3);
        },
        500);
}

}  // namespace
}  // namespace onsite::drill
