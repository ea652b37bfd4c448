// It was done, the answer was a 500, and the provider keeps that 500 for the key: no retry ever
// tells what happened. The reference learns it all the same.
#include <algorithm>
#include <array>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {
namespace {

using simulator::CutPoint;
using simulator::FaultKind;
using simulator::kSecond;
using ::testing::Contains;

constexpr std::array kFlows = {Flow::one_call, Flow::two_calls, Flow::confirm_on_webhook,
                               Flow::fulfil_on_webhook};

Scenario click_with(std::string card, Flow flow) {
    Scenario scenario{.id = "kept-error", .story = "A 500 that stays."};
    scenario.shop.flow = flow;
    scenario.steps = {
        {.order = "order-1", .amount = 1999, .currency = "usd", .card = std::move(card)}};
    scenario.expect = {{std::string(kReference), {}}};
    return scenario;
}

simulator::Fault kept_error(std::string operation) {
    return {
        .operation = std::move(operation), .at = CutPoint::after_commit, .kind = FaultKind::status};
}

std::string paying(Flow flow) {
    const bool is_one = flow == Flow::one_call || flow == Flow::fulfil_on_webhook;
    return is_one ? "order-1.pay" : "order-1.confirm";
}

RunRecord run_of(const Scenario& scenario) {
    return read_trace(play(scenario, *find_shop(kReference)).trace).value();
}

std::string ending(const RunRecord& run) {
    std::string status;
    for (const TraceEvent& event : run.events) {
        if (event.is("state")) status = event.text("to");
    }
    return status;
}

std::vector<std::string> told(const RunRecord& run) {
    std::vector<std::string> words;
    for (const TraceEvent& event : run.events) {
        if (event.is("told")) words.emplace_back(event.text("what"));
    }
    return words;
}

TEST(KeptErrorTest, ADeclineBehindItReachesTheShopper) {
    for (const Flow flow : kFlows) {
        Scenario scenario = click_with("pm_card_visa_chargeDeclined", flow);
        scenario.faults = {kept_error(paying(flow))};
        const RunRecord run = run_of(scenario);
        EXPECT_EQ(ending(run), "declined") << to_string(flow);
        EXPECT_THAT(told(run), Contains("declined")) << to_string(flow);
        EXPECT_TRUE(judge(run).empty()) << to_string(flow);
    }
}

// A webhook said no, so the next card has a key of its own.
TEST(KeptErrorTest, AfterADeclineBehindItAnotherCardIsTaken) {
    for (const Flow flow : {Flow::one_call, Flow::two_calls}) {
        Scenario scenario = click_with("pm_card_visa_chargeDeclined", flow);
        scenario.steps.push_back(scenario.steps[0]);
        scenario.steps[1].at_us = 30 * kSecond;
        scenario.steps[1].card = "pm_card_visa";
        scenario.faults = {kept_error(paying(flow))};
        const RunRecord run = run_of(scenario);
        EXPECT_EQ(ending(run), "paid") << to_string(flow);
        EXPECT_FALSE(check_key_discipline(run)) << to_string(flow);
    }
}

// The event of the first card comes when the second one is on its way.
TEST(KeptErrorTest, ALateDeclineIsNotTheNextCards) {
    for (const Flow flow : {Flow::one_call, Flow::two_calls}) {
        Scenario scenario = click_with("pm_card_visa_chargeDeclined", flow);
        scenario.steps.push_back(scenario.steps[0]);
        scenario.steps[1].at_us = 10 * kSecond;
        scenario.steps[1].card = "pm_card_visa";
        scenario.faults = {{.operation = paying(flow),
                            .attempt = 2,
                            .at = CutPoint::response,
                            .kind = FaultKind::lost}};
        scenario.webhook_faults = {{.event_type = "payment_intent.payment_failed",
                                    .kind = simulator::WebhookFaultKind::delay,
                                    .delay_us = 11 * kSecond}};
        const RunRecord run = run_of(scenario);
        EXPECT_EQ(ending(run), "paid") << to_string(flow);
        EXPECT_TRUE(judge(run).empty()) << to_string(flow);
    }
}

Scenario cancelled_while_paying() {
    Scenario scenario = click_with("pm_card_visa", Flow::one_call);
    scenario.steps.push_back({.at_us = kSecond / 2, .order = "order-1", .action = Action::cancel});
    scenario.faults = {{.operation = "order-1.pay",
                        .at = CutPoint::before_commit,
                        .kind = FaultKind::delay,
                        .delay_us = kSecond}};
    return scenario;
}

TEST(KeptErrorTest, ARefundBehindItEndsTheCancelledOrder) {
    Scenario scenario = cancelled_while_paying();
    scenario.faults.push_back(kept_error("order-1.refund"));
    const RunRecord run = run_of(scenario);
    EXPECT_EQ(ending(run), "cancelled");
    EXPECT_THAT(told(run), Contains("cancelled"));
    EXPECT_TRUE(judge(run).empty());
}

// A look that nobody answers is no answer: it is tried again later.
TEST(KeptErrorTest, ALookThatIsLostSaysNothing) {
    Scenario scenario = cancelled_while_paying();
    scenario.faults.push_back(kept_error("order-1.refund"));
    scenario.faults.push_back({.operation = "order-1.look"});
    const RunRecord run = run_of(scenario);
    EXPECT_EQ(ending(run), "cancelled");
    EXPECT_TRUE(judge(run).empty());
}

// Nothing was returned: a look must not say so.
TEST(KeptErrorTest, AnErrorBehindWhichNothingHappenedIsTriedAgain) {
    Scenario scenario = cancelled_while_paying();
    for (std::int64_t attempt = 1; attempt <= 3; ++attempt) {
        scenario.faults.push_back({.operation = "order-1.refund",
                                   .attempt = attempt,
                                   .at = CutPoint::before_commit,
                                   .kind = FaultKind::status});
    }
    const RunRecord run = run_of(scenario);
    EXPECT_EQ(ending(run), "cancelled");
    EXPECT_EQ(std::ranges::count(run.events, "refund", &TraceEvent::kind), 1);
    EXPECT_TRUE(judge(run).empty());
}

}  // namespace
}  // namespace onsite::scenarios
