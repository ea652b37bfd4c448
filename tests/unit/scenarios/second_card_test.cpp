// An order that is paid in two goes, because a card was declined or the shop died on the way: what
// was said, sent and answered in the first one is judged as that alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {
namespace {

using simulator::kSecond;
using ::testing::HasSubstr;

// The shop dies around that await point of the order.
Scenario declined(Crash crash) {
    Scenario scenario{.id = "declined", .story = "A card is declined."};
    scenario.steps = {{.order = "order-1",
                       .amount = 1999,
                       .currency = "usd",
                       .card = "pm_card_visa_chargeDeclined"}};
    scenario.crashes = {std::move(crash)};
    scenario.expect = {{std::string(kReference), {}}};
    return scenario;
}

Scenario then_another_card(Scenario scenario) {
    scenario.steps.push_back(scenario.steps[0]);
    scenario.steps[1].at_us = 30 * kSecond;
    scenario.steps[1].card = "pm_card_visa";
    return scenario;
}

const Crash kPaidAndNotTold = {.order = "order-1", .await = "settle", .is_after = true};
const Crash kAnsweredAndNotNoted = {.order = "order-1", .await = "conclude"};

RunRecord run_of(const Scenario& scenario) {
    return read_trace(play(scenario, *find_shop(kReference)).trace).value();
}

std::string problem(const std::optional<Violation>& found) { return found ? found->message : ""; }

TEST(SecondCardTest, WhatTheFirstOneWasToldSaysNothingAboutIt) {
    const RunRecord run = run_of(then_another_card(declined(kPaidAndNotTold)));
    EXPECT_EQ(problem(check_no_lost_charge(run)), "");
    EXPECT_TRUE(judge(run).empty());
}

TEST(SecondCardTest, WithoutANewClickAChargeAfterTheNoIsLost) {
    RunRecord run = run_of(then_another_card(declined(kPaidAndNotTold)));
    for (TraceEvent& event : run.events) {
        if (event.is("step") && event.line > 1) event.kind = "note";
    }
    EXPECT_THAT(problem(check_no_lost_charge(run)), HasSubstr("told \"declined\", found one"));
}

TEST(SecondCardTest, WhatWasNotNotedBeforeTheCrashIsAskedAgain) {
    const RunRecord run = run_of(declined(kAnsweredAndNotNoted));
    EXPECT_EQ(problem(check_retry_discipline(run)), "");
    EXPECT_TRUE(judge(run).empty());
}

// The answer to the first click comes while the second one is being retried: neither is taken for
// the other's.
TEST(SecondCardTest, AnAnswerThatComesLateIsAboutTheFirstOne) {
    const RunRecord run = run_of(read_scenario(R"({
        "schema": 1, "id": "late-answer", "story": "The first answer comes last.",
        "clock": "2026-01-05T09:00:00Z",
        "steps": [{"order": "order-1", "do": "pay", "amount": 100, "currency": "usd",
                   "card": "pm_card_visa"},
                  {"at": "400ms", "order": "order-1", "do": "pay", "amount": 100,
                   "currency": "usd", "card": "pm_card_visa"}],
        "faults": [{"operation": "order-1.pay", "at": "before_commit", "kind": "decline",
                    "code": "insufficient_funds"},
                   {"operation": "order-1.pay", "at": "response", "kind": "stall",
                    "delay": "1s"},
                   {"operation": "order-1.pay", "attempt": 2, "at": "before_commit",
                    "kind": "status"}],
        "expect": {"reference": []}
    })",
                                               "late-answer")
                                     .value());
    EXPECT_TRUE(judge(run).empty());
    std::vector<std::string_view> told;
    for (const TraceEvent& event : run.events) {
        if (event.is("told")) told.push_back(event.text("what"));
    }
    EXPECT_THAT(told, ::testing::ElementsAre("declined", "paid"));
}

// A day and more after the first attempt the process dies, and the provider has forgotten its key.
TEST(OldKeyTest, IsNotSentAgainAfterACrash) {
    Scenario scenario = declined({.order = "order-1", .await = "settle"});
    scenario.steps[0].card = "pm_card_visa";
    scenario.crashes.push_back({.order = "order-1", .await = "settle", .nth = 2});
    scenario.faults = {{.operation = "order-1.pay",
                        .at = simulator::CutPoint::after_commit,
                        .kind = simulator::FaultKind::status}};
    for (std::int64_t attempt = 1; attempt <= 6; ++attempt) {
        scenario.webhook_faults.push_back({.event_type = "payment_intent.succeeded",
                                           .kind = simulator::WebhookFaultKind::drop,
                                           .attempt = attempt});
    }
    const RunRecord run = run_of(scenario);
    std::int64_t charges = 0;
    for (const TraceEvent& event : run.events) charges += event.is("charge") ? 1 : 0;
    EXPECT_EQ(charges, 1);
    EXPECT_TRUE(judge(run).empty());
}

}  // namespace
}  // namespace onsite::scenarios
