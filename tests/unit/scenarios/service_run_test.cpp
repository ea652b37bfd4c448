// What is judged of a service, and what is not: a run of the reference, told as one of a service.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/replay/replay.hpp"
#include "scenarios/replay/story.hpp"
#include "scenarios/shops/shop.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

Scenario lost_answer(const std::string& more = "") {
    return read_scenario(R"({"schema": 1, "id": "lost-answer", "story": "The answer is lost.",)"
                         R"("clock": "2026-01-05T09:00:00Z", )" +
                             more +
                             R"("steps": [{"order": "order-1", "do": "pay", "amount": 1999,)"
                             R"("currency": "usd", "card": "pm_card_visa"}],)"
                             R"("faults": [{"operation": "order-1.pay", "at": "response",)"
                             R"("kind": "lost"}], "expect": {"reference": []}})",
                         "lost-answer")
        .value();
}

Replay replay_of(const Scenario& scenario, const std::string& shop = "reference") {
    const Cast cast{.name = "service",
                    .transport = "http",
                    .determinism = "ordered",
                    .window_us = 20'000,
                    .make = [&](const ShopParts& parts) {
                        return std::make_unique<Shop>(find_shop(shop)->policy, parts);
                    }};
    return judged(read_trace(play(scenario, cast).trace).value());
}

std::int64_t number_of(std::string_view id, const std::vector<const Checker*>& asked) {
    return std::ranges::count_if(asked, [&](const Checker* one) { return one->id == id; });
}

TEST(ServiceRunTest, EveryCheckerIsAskedOrNamedAsNotJudged) {
    const Replay replay = replay_of(lost_answer());
    const std::string result = result_of(replay);
    const auto asked = checkers_for(replay.run);
    std::vector<const Checker*> all = checkers_of_clients();
    for (const Checker& checker : checkers()) all.push_back(&checker);
    for (const Checker* checker : all) {
        const bool is_named =
            result.substr(result.find("not_judged")).find(checker->id) != std::string::npos;
        EXPECT_NE(is_named, number_of(checker->id, asked) > 0) << checker->id;
    }
    EXPECT_EQ(number_of("retry_discipline", asked), 1);
    EXPECT_EQ(number_of("paid_is_charged", asked), 0);
    EXPECT_EQ(number_of("asked_often_enough", asked), 0);
}

TEST(ServiceRunTest, IsToldAsWhatItIs) {
    Replay replay = replay_of(lost_answer());
    replay.client = "http://127.0.0.1:8080";
    EXPECT_THAT(
        story_of(replay, "lost-answer"),
        AllOf(HasSubstr("service http://127.0.0.1:8080"), HasSubstr("not judged: crash"),
              HasSubstr("PASS  every promise that is judged is kept"), Not(HasSubstr("exact")),
              HasSubstr("./onsite replay lost-answer --against http://127.0.0.1:8080\n")));
}

TEST(ServiceRunTest, AFaultThatNeverHappensIsInconclusive) {
    Scenario scenario = lost_answer();
    scenario.faults[0].attempt = 7;
    const Replay replay = replay_of(scenario);
    EXPECT_EQ(verdict_of(replay), ReplayVerdict::inconclusive);
    EXPECT_THAT(result_of(replay), AllOf(HasSubstr(R"("verdict":"inconclusive","unmet":"expected)"),
                                         HasSubstr(R"("violations":[])")));
    EXPECT_THAT(story_of(replay, "lost-answer"),
                AllOf(HasSubstr("INCONCLUSIVE"), Not(HasSubstr("PASS"))));
}

TEST(ServiceRunTest, AStoryInTwoRequestsNeedsTwo) {
    Scenario scenario = lost_answer();
    scenario.faults.clear();
    EXPECT_EQ(verdict_of(replay_of(scenario)), ReplayVerdict::pass);
    RunRecord run = replay_of(scenario).run;
    run.scenario.shop.flow = Flow::two_calls;  // And the run has one.
    EXPECT_EQ(verdict_of(judged(run)), ReplayVerdict::inconclusive);
    scenario.shop.flow = Flow::two_calls;
    EXPECT_EQ(verdict_of(replay_of(scenario)), ReplayVerdict::pass);
}

TEST(ServiceRunTest, ABrokenPromiseIsNeverInconclusive) {
    Scenario scenario = lost_answer();
    scenario.faults.push_back(scenario.faults[0]);
    scenario.faults[1].attempt = 7;
    const Replay replay = replay_of(scenario, "fresh-key-per-attempt");
    EXPECT_EQ(verdict_of(replay), ReplayVerdict::fail);
}

// ---- What is measured by somebody else's clock

RunRecord with_a_pause(RunRecord run, std::int64_t pause_us) {
    for (TraceEvent& event : run.events) {
        const TraceEvent* const end = event.is("send") ? run.end_before(event) : nullptr;
        if (end != nullptr) event.time_us = end->time_us + pause_us;
    }
    return run;
}

TEST(ServicePauseTest, MayBeShorterByTheWindowAndATimersRounding) {
    const RunRecord run = replay_of(lost_answer()).run;
    EXPECT_FALSE(check_retry_discipline(with_a_pause(run, 470'000)));
    EXPECT_TRUE(check_retry_discipline(with_a_pause(run, 469'999)));
    const RunRecord ours = read_trace(play(lost_answer(), *find_shop(kReference)).trace).value();
    EXPECT_TRUE(check_retry_discipline(with_a_pause(ours, 499'999)));
}

}  // namespace
}  // namespace onsite::scenarios
