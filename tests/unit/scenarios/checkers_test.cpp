// The checkers that no shop can make fail, because they watch the provider and the scenario: seen
// failing on a run in which one line was changed. The others fail in the catalogue.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::HasSubstr;

Scenario lost_answer() {
    return read_scenario(R"({
        "schema": 1, "id": "lost-answer", "story": "The answer is lost.",
        "clock": "2026-01-05T09:00:00Z",
        "steps": [{"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
                   "card": "pm_card_visa"},
                  {"at": "1h", "order": "order-1", "do": "refund", "refund": "refund-1",
                   "amount": 500}],
        "faults": [{"operation": "order-1.pay", "at": "response", "kind": "lost"}],
        "expect": {"reference": []}
    })",
                         "lost-answer")
        .value();
}

RunRecord run_of(const Scenario& scenario) {
    return read_trace(play(scenario, *find_shop(kReference)).trace).value();
}

// The last line of that kind, for a change.
TraceEvent& last(RunRecord& run, std::string_view kind) {
    const auto found = std::find_if(run.events.rbegin(), run.events.rend(),
                                    [&](const TraceEvent& event) { return event.is(kind); });
    EXPECT_NE(found, run.events.rend()) << kind;
    return *found;
}

void change(TraceEvent& event, std::string_view member, std::string value) {
    for (auto& [name, text] : event.members) {
        if (name == member) text = value;
    }
}

std::string problem(const std::optional<Violation>& found) { return found ? found->message : ""; }

TEST(CheckersTest, HaveNamesInOrderAndAPromiseEach) {
    EXPECT_TRUE(std::ranges::is_sorted(checkers(), {}, &Checker::id));
    for (const Checker& checker : checkers()) {
        EXPECT_FALSE(checker.promise.empty()) << checker.id;
        EXPECT_EQ(find_checker(checker.id), &checker);
    }
    EXPECT_EQ(find_checker("no_such_checker"), nullptr);
}

TEST(CheckersTest, NothingIsWrongWithTheRunThatIsChangedHere) {
    EXPECT_TRUE(judge(run_of(lost_answer())).empty());
}

TEST(ConservationTest, SeesMoneyThatAppears) {
    RunRecord run = run_of(lost_answer());
    change(last(run, "balance"), "fees", "1");
    EXPECT_THAT(problem(check_conservation(run)), HasSubstr("expected a sum of 0"));
}

TEST(ConservationTest, SeesAChargeThatNoCardholderPaid) {
    RunRecord run = run_of(lost_answer());
    change(last(run, "charge"), "amount", "2000");
    EXPECT_THAT(problem(check_conservation(run)), HasSubstr("expected cardholders at -1500"));
}

TEST(ConservationTest, SeesMoreReturnedThanWasPaid) {
    RunRecord run = run_of(lost_answer());
    change(last(run, "refund"), "amount", "2000");
    EXPECT_THAT(problem(check_conservation(run)), HasSubstr("found 1 more"));
}

TEST(ProviderContractTest, SeesASecondAnswerThatIsNotTheFirst) {
    RunRecord run = run_of(lost_answer());
    const auto replayed = std::ranges::find_if(
        run.events, [](const TraceEvent& event) { return !event.text("replays").empty(); });
    ASSERT_NE(replayed, run.events.end());
    change(*replayed, "body", "0000000000000000");
    EXPECT_THAT(problem(check_provider_contract(run)), HasSubstr("expected the first answer"));
}

TEST(ProviderContractTest, SeesAnotherBodyThatIsTaken) {
    RunRecord run = run_of(lost_answer());
    const auto replayed = std::ranges::find_if(
        run.events, [](const TraceEvent& event) { return !event.text("replays").empty(); });
    ASSERT_NE(replayed, run.events.end());
    TraceEvent& request = run.events[run.requests.find(replayed->text("request"))->second];
    change(request, "params", "0000000000000000");
    EXPECT_THAT(problem(check_provider_contract(run)), HasSubstr("expected a refusal"));
}

TEST(NonVacuityTest, SeesAFaultThatNeverHappens) {
    Scenario scenario = lost_answer();
    scenario.faults[0].attempt = 7;
    EXPECT_THAT(problem(check_non_vacuity(run_of(scenario))), HasSubstr("lost at response"));
    scenario = lost_answer();
    scenario.webhook_faults = {{.event_type = "payment_intent.canceled"}};
    EXPECT_THAT(problem(check_non_vacuity(run_of(scenario))), HasSubstr("duplicate of webhook"));
    scenario = lost_answer();
    scenario.crashes = {{.order = "order-1", .await = "pay", .nth = 9}};
    EXPECT_THAT(problem(check_non_vacuity(run_of(scenario))), HasSubstr("a crash at pay 9"));
    scenario = lost_answer();
    scenario.steps.clear();
    EXPECT_THAT(problem(check_non_vacuity(run_of(scenario))), HasSubstr("a step"));
}

// The three that play again fail in the catalogue. Here: the reference in each flow, and a run that
// nobody can play again.
TEST(PlayedAgainTest, TheReferenceEndsTheSameInEachFlow) {
    for (const Flow flow :
         {Flow::one_call, Flow::two_calls, Flow::confirm_on_webhook, Flow::fulfil_on_webhook}) {
        Scenario scenario = lost_answer();
        scenario.shop.flow = flow;
        scenario.faults[0].operation = "*";
        for (const Checker& checker : checkers()) {
            if (checker.plays_again) scenario.checks.emplace_back(checker.id);
        }
        ASSERT_EQ(scenario.checks.size(), 3u);
        for (const Violation& broken : judge(run_of(scenario))) {
            ADD_FAILURE() << to_string(flow) << ": " << broken.checker << " " << broken.message;
        }
    }
}

TEST(PlayedAgainTest, AShopThatIsNotOursIsNotJudged) {
    RunRecord run = run_of(lost_answer());
    run.shop = "somebody-else";
    for (const Checker& checker : checkers()) {
        if (!checker.plays_again) continue;
        EXPECT_EQ(problem(checker.check(run)), "") << checker.id;
    }
}

TEST(PlayedAgainTest, IsAskedOnlyWhereAScenarioNamesIt) {
    Scenario scenario = lost_answer();
    const RunRecord run =
        read_trace(play(scenario, *find_shop("forgets-after-a-crash")).trace).value();
    EXPECT_TRUE(judge(run).empty());
    EXPECT_THAT(problem(check_crash_anywhere(run)), HasSubstr("expected the shop to survive"));
}

// As many orders whose first attempt fails at the same moment, and one pause for all of them.
RunRecord herd_of(int orders) {
    Scenario scenario = lost_answer();
    const Step click = scenario.steps[0];
    scenario.steps.clear();
    scenario.faults.clear();
    for (int i = 1; i <= orders; ++i) {
        const std::string order = "order-" + std::to_string(i);
        scenario.steps.push_back(click);
        scenario.steps.back().order = order;
        scenario.faults.push_back({.operation = order + ".pay"});
    }
    return read_trace(play(scenario, *find_shop("retries-in-step")).trace).value();
}

TEST(RetryJitterTest, TwoMayMeetAndThreeAreAHerd) {
    EXPECT_EQ(problem(check_retry_jitter(herd_of(2))), "");
    EXPECT_THAT(problem(check_retry_jitter(herd_of(3))),
                HasSubstr("found 3 operations that come back after the same 500000 us"));
}

TEST(MinorUnitsTest, SeesARefundOfAnotherAmount) {
    RunRecord run = run_of(lost_answer());
    change(last(run, "refund"), "amount", "501");
    EXPECT_THAT(problem(check_minor_units(run)), HasSubstr("expected 500 to be returned"));
}

TEST(JudgeTest, AsksOnlyTheCheckersThatTheScenarioNames) {
    RunRecord run = run_of(lost_answer());
    change(last(run, "charge"), "amount", "2000");
    EXPECT_EQ(judge(run).size(), 2u);  // conservation, minor_units
    run.scenario.checks = {"minor_units"};
    ASSERT_EQ(judge(run).size(), 1u);
    EXPECT_EQ(judge(run)[0].checker, "minor_units");
}

}  // namespace
}  // namespace onsite::scenarios
