// The reference shop keeps every promise, whatever goes wrong: each single fault at each cut point,
// a crash at each await, and many of both at once. Only non_vacuity is left out: what is made up
// here need not happen.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "scenarios/replay/story.hpp"
#include "tests/property/property.hpp"

namespace onsite::scenarios {
namespace {

using simulator::CutPoint;
using simulator::Fault;
using simulator::FaultKind;
using simulator::WebhookFault;

constexpr Flow kAllFlows[] = {Flow::one_call, Flow::two_calls, Flow::confirm_on_webhook,
                              Flow::fulfil_on_webhook};

Scenario three_orders(Flow flow) {
    Scenario scenario{.id = "made-up", .story = "Three orders."};
    scenario.shop.flow = flow;
    scenario.heal_us = 10 * simulator::kMinute;
    const Step click{.order = "order-1", .amount = 1999, .currency = "usd", .card = "pm_card_visa"};
    Step again = click;
    again.at_us = 30'000;
    Step other = click;
    other.order = "order-2";
    other.at_us = 70'000;
    const Step change{
        .at_us = 500'000, .order = "order-1", .action = Action::change, .email = "a@example.com"};
    const Step cancel{.at_us = 100'000, .order = "order-2", .action = Action::cancel};
    // Its bank asks who pays.
    Step asked = click;
    asked.order = "order-3";
    asked.at_us = 90'000;
    asked.card = "pm_card_authenticationRequired";
    asked.authenticates_us = 90 * simulator::kSecond;
    scenario.steps = {click, again, other, change, cancel, asked};
    for (const Checker& checker : checkers()) {
        if (checker.id != "non_vacuity" && !checker.plays_again) {
            scenario.checks.emplace_back(checker.id);
        }
    }
    scenario.expect = {{std::string(kReference), {}}};
    return scenario;
}

// What went wrong; empty when nothing did.
std::string problem(const Scenario& scenario) {
    const auto played = replay(scenario, *find_shop(kReference));
    if (!played) return played.error().message;
    return played->violations.empty() ? "" : story_of(*played, scenario.id);
}

std::string name_of_request(Flow flow) {
    const bool is_one = flow == Flow::one_call || flow == Flow::fulfil_on_webhook;
    return is_one ? "pay" : "confirm";
}

TEST(ReferenceTest, KeepsEveryPromiseUnderEachSingleFault) {
    int tried = 0;
    for (const Flow flow : kAllFlows) {
        for (const CutPoint at : simulator::kCutPoints) {
            for (const FaultKind kind : simulator::kFaultKinds) {
                for (const std::int64_t attempt : {1, 2, 0}) {
                    Fault fault{.operation = "order-1." + name_of_request(flow),
                                .attempt = attempt,
                                .at = at,
                                .kind = kind,
                                .delay_us = 3 * simulator::kSecond};
                    if (kind == FaultKind::decline) fault.code = "insufficient_funds";
                    if (!simulator::check_fault(fault)) continue;
                    Scenario scenario = three_orders(flow);
                    scenario.faults = {fault};
                    EXPECT_EQ(problem(scenario), "");
                    ++tried;
                }
            }
        }
    }
    EXPECT_GT(tried, 150);
}

TEST(ReferenceTest, KeepsEveryPromiseWhereverItCrashes) {
    for (const Flow flow : kAllFlows) {
        const Scenario calm = three_orders(flow);
        const std::vector<AwaitPoint> points = play(calm, *find_shop(kReference)).points;
        EXPECT_GT(points.size(), 10u);
        for (const AwaitPoint& point : points) {
            if (point.order.empty()) continue;
            for (const bool is_after : {false, true}) {
                Scenario scenario = calm;
                scenario.crashes = {{.order = point.order,
                                     .await = point.await,
                                     .nth = point.nth,
                                     .is_after = is_after}};
                EXPECT_EQ(problem(scenario), "");
            }
        }
    }
}

Fault some_fault(Flow flow) {
    Fault fault{
        .operation = *rc::gen::element<std::string>("order-1.", "order-2.", "order-3.") +
                     *rc::gen::element<std::string>("create", name_of_request(flow), "refund"),
        .attempt = *rc::gen::inRange<std::int64_t>(0, 5),
        .at = *rc::gen::elementOf(simulator::kCutPoints),
        .kind = *rc::gen::elementOf(simulator::kFaultKinds),
        .delay_us = *rc::gen::inRange<std::int64_t>(0, 20) * simulator::kSecond / 4};
    return fault;
}

// Not every attempt: an event that never arrives is no fault but a broken promise of the provider.
WebhookFault some_webhook_fault() {
    return {.event_type = *rc::gen::element<std::string>("payment_intent.succeeded",
                                                         "payment_intent.created", "*"),
            .nth = *rc::gen::inRange<std::int64_t>(0, 4),
            .kind = *rc::gen::elementOf(simulator::kWebhookFaultKinds),
            .attempt = *rc::gen::inRange<std::int64_t>(1, 4),
            .delay_us = *rc::gen::inRange<std::int64_t>(0, 90) * simulator::kSecond};
}

TEST(ReferenceTest, KeepsEveryPromiseWhateverGoesWrongAtOnce) {
    expect_property(
        [] {
            const Flow flow =
                *rc::gen::elementOf(std::vector<Flow>(std::begin(kAllFlows), std::end(kAllFlows)));
            Scenario scenario = three_orders(flow);
            Step& asked = scenario.steps.back();
            if (*rc::gen::arbitrary<bool>()) {
                asked.gives_up_us = std::exchange(asked.authenticates_us, 0);
                if (*rc::gen::arbitrary<bool>()) asked.gives_up_us = 0;
            }
            const auto points = play(scenario, *find_shop(kReference)).points;
            const auto faults = *rc::gen::inRange(0, 5);
            for (int i = 0; i < faults; ++i) {
                const Fault fault = some_fault(flow);
                if (simulator::check_fault(fault)) scenario.faults.push_back(fault);
            }
            const auto webhook_faults = *rc::gen::inRange(0, 3);
            for (int i = 0; i < webhook_faults; ++i) {
                scenario.webhook_faults.push_back(some_webhook_fault());
            }
            const AwaitPoint point = *rc::gen::elementOf(points);
            if (*rc::gen::arbitrary<bool>()) {
                scenario.crashes = {{.order = point.order,
                                     .await = point.await,
                                     .nth = point.nth,
                                     .is_after = *rc::gen::arbitrary<bool>()}};
            }
            const std::string found = problem(scenario);
            if (!found.empty()) RC_LOG(found);
            RC_ASSERT(found.empty());
        },
        300);
}

}  // namespace
}  // namespace onsite::scenarios
