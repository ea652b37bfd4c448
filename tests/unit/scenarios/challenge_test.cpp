// Payments whose bank asks who pays: the order waits for its shopper, who answers in time, fails,
// or never does.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/trace/run_record.hpp"

namespace onsite::scenarios {
namespace {

using simulator::kMinute;
using simulator::kSecond;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr Flow kAllFlows[] = {Flow::one_call, Flow::two_calls, Flow::confirm_on_webhook,
                              Flow::fulfil_on_webhook};

Scenario challenged(Flow flow) {
    Scenario scenario{.id = "challenged", .story = "The bank asks who pays."};
    scenario.shop.flow = flow;
    scenario.steps = {{.order = "order-1",
                       .amount = 1999,
                       .currency = "usd",
                       .card = "pm_card_authenticationRequired"}};
    scenario.expect = {{std::string(kReference), {}}};
    return scenario;
}

RunRecord run_of(const Scenario& scenario, std::string_view shop = kReference) {
    return read_trace(play(scenario, *find_shop(shop)).trace).value();
}

// What happened of these, in order: "told pending", "authentication succeeded".
std::vector<std::string> course_of(const RunRecord& run) {
    std::vector<std::string> course;
    for (const TraceEvent& event : run.events) {
        if (event.is("challenge") || event.is("charge")) course.push_back(event.kind);
        if (event.is("authentication")) course.push_back(std::string(event.text("result")));
        if (event.is("state")) course.push_back("is " + std::string(event.text("to")));
    }
    return course;
}

std::vector<std::string> broken_by(const RunRecord& run) {
    std::vector<std::string> broken;
    for (const Violation& one : judge(run)) broken.push_back(one.checker + ": " + one.message);
    return broken;
}

TEST(ChallengeTest, TheOrderIsPaidWhenTheShopperHasAnsweredAndNotBefore) {
    Scenario scenario = challenged(Flow::one_call);
    scenario.steps[0].authenticates_us = 5 * kMinute;
    const RunRecord run = run_of(scenario);
    EXPECT_THAT(course_of(run), ElementsAre("is paying", "challenge", "is pending", "succeeded",
                                            "charge", "is paid"));
    EXPECT_THAT(broken_by(run), IsEmpty());
}

TEST(ChallengeTest, AShopperWhoFailsMayTakeAnotherCard) {
    Scenario scenario = challenged(Flow::one_call);
    scenario.steps[0].gives_up_us = 20 * kSecond;
    scenario.steps.push_back(scenario.steps[0]);
    scenario.steps[1].at_us = kMinute;
    scenario.steps[1].gives_up_us = 0;
    scenario.steps[1].card = "pm_card_visa";
    const RunRecord run = run_of(scenario);
    EXPECT_THAT(course_of(run), ElementsAre("is paying", "challenge", "is pending", "failed",
                                            "is declined", "is paying", "charge", "is paid"));
    EXPECT_THAT(broken_by(run), IsEmpty());
}

TEST(ChallengeTest, AnOrderMayWaitForAShopperWhoNeverAnswers) {
    for (const Flow flow : kAllFlows) {
        RunRecord run = run_of(challenged(flow));
        EXPECT_THAT(broken_by(run), IsEmpty()) << to_string(flow);
        for (TraceEvent& event : run.events) {
            if (event.is("challenge")) event.kind = "note";
        }
        EXPECT_THAT(broken_by(run), ElementsAre(HasSubstr("it stayed pending"))) << to_string(flow);
    }
}

TEST(ChallengeTest, TheDefectsAreSeenInEachFlow) {
    for (const Flow flow : kAllFlows) {
        Scenario scenario = challenged(flow);
        scenario.steps[0].authenticates_us = 90 * kSecond;
        EXPECT_THAT(broken_by(run_of(scenario)), IsEmpty()) << to_string(flow);
        EXPECT_THAT(broken_by(run_of(scenario, "action-is-failure")),
                    ElementsAre(HasSubstr("told \"failed\", found one of 1999")))
            << to_string(flow);
        if (flow == Flow::fulfil_on_webhook) continue;  // Only a webhook makes it paid there.
        EXPECT_THAT(broken_by(run_of(scenario, "success-is-payment")),
                    ElementsAre(HasSubstr("expected a charge before the order is fulfilled")))
            << to_string(flow);
    }
}

TEST(ChallengeTest, AnAnswerThatNeverComesProvesNothing) {
    Scenario scenario = challenged(Flow::one_call);
    scenario.steps[0].gives_up_us = kSecond;
    EXPECT_THAT(broken_by(run_of(scenario)), IsEmpty());
    scenario.steps[0].card = "pm_card_visa";
    EXPECT_THAT(broken_by(run_of(scenario)),
                ElementsAre(HasSubstr("expected an authentication that fails to happen")));
}

// The failure is of the payment that was challenged, not of whatever is answered next.
TEST(ChallengeTest, WhatIsAskedAnewAfterAFailureNeedsAKeyOfItsOwn) {
    Scenario scenario = challenged(Flow::one_call);
    scenario.steps[0].gives_up_us = 20 * kSecond;
    scenario.steps.push_back(scenario.steps[0]);
    scenario.steps[1].at_us = kMinute;
    scenario.checks = {"key_discipline"};
    EXPECT_THAT(broken_by(run_of(scenario)), IsEmpty());
    EXPECT_THAT(broken_by(run_of(scenario, "key-without-the-card")),
                ElementsAre(HasSubstr("expected a new key for what is asked anew")));
}

TEST(ChallengeTest, AStepSaysOneOfTheTwo) {
    Scenario scenario = challenged(Flow::one_call);
    scenario.steps[0].authenticates_us = kSecond;
    const auto again = read_scenario(canonical(scenario), "challenged");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->steps, scenario.steps);
    scenario.steps[0].gives_up_us = kSecond;
    const auto both = read_scenario(canonical(scenario), "challenged");
    ASSERT_FALSE(both);
    EXPECT_THAT(both.error().message, HasSubstr("expected one of authenticates_after and"));
}

}  // namespace
}  // namespace onsite::scenarios
