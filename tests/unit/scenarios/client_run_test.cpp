// Runs in which somebody else's client had a part: how they are labelled, and what is asked of
// them.
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/read_scenario.hpp"
#include "scenarios/replay/story.hpp"
#include "scenarios/shops/shop.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Scenario one_click(const std::string& more = "") {
    return read_scenario(R"({
        "schema": 1, "id": "one-click", "story": "A click.", "clock": "2026-01-05T09:00:00Z",
        "steps": [{"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
                   "card": "pm_card_visa"}],
        "faults": [{"operation": "order-1.pay", "at": "response", "kind": "lost"}],
        )" + more + R"("expect": {"reference": []}
    })",
                         "one-click")
        .value();
}

// Plays as a client does, with one of our shops behind it.
Result<Played> play_as_client(const Scenario& scenario, std::string_view shop) {
    return play(scenario, Cast{.name = "subject",
                               .transport = "process",
                               .determinism = "ordered",
                               .make = [shop](const ShopParts& parts) {
                                   return std::make_unique<Shop>(find_shop(shop)->policy, parts);
                               }});
}

PlayClient client(std::string_view shop) {
    return [shop](const Scenario& scenario) { return play_as_client(scenario, shop); };
}

// One that is another in its second run.
PlayClient changing_client(std::string_view first, std::string_view second) {
    return [=, runs = std::make_shared<int>(0)](const Scenario& scenario) {
        return play_as_client(scenario, (*runs)++ % 2 == 0 ? first : second);
    };
}

class IdleShop final : public Shop {
public:
    explicit IdleShop(const ShopParts& parts) : Shop(find_shop(kReference)->policy, parts) {}

private:
    Task<Done> pay(Step) override { co_return Done{}; }
};

// Two seconds slower than ours.
class SlowShop final : public Shop {
public:
    explicit SlowShop(const ShopParts& parts) : Shop(find_shop(kReference)->policy, parts) {}

private:
    Task<Done> pay(Step step) override {
        co_await process_.sleep(step.order, 2'000'000);
        co_await Shop::pay(step);
        co_return Done{};
    }
};

TEST(ClientRunTest, IsOrderedAndNeverExact) {
    auto replayed = replay(one_click(), client(kReference));
    ASSERT_TRUE(replayed) << replayed.error().message;
    replayed->client = "attempts/idempotency-1";
    EXPECT_THAT(broken_checkers(*replayed), IsEmpty());
    EXPECT_THAT(result_of(*replayed), HasSubstr(R"("determinism":"ordered","verdict":"pass")"));
    EXPECT_THAT(story_of(*replayed, "one-click"),
                AllOf(HasSubstr("client attempts/idempotency-1"), HasSubstr(", ordered\n"),
                      Not(HasSubstr("exact")),
                      HasSubstr("./onsite replay one-click --subject attempts/idempotency-1\n")));
    // Also when only its trace is left.
    EXPECT_THAT(result_of(judged(replayed->run)), HasSubstr(R"("determinism":"ordered")"));
    const auto ours = replay(one_click(), *find_shop(kReference));
    EXPECT_THAT(result_of(*ours),
                AllOf(HasSubstr(R"("determinism":"exact")"), Not(HasSubstr("not_judged"))));
}

TEST(ClientRunTest, IsBestEffortWhenItsTwoRunsDiffer) {
    const auto replayed = replay(one_click(), changing_client(kReference, "fresh-key-per-attempt"));
    ASSERT_TRUE(replayed) << replayed.error().message;
    EXPECT_EQ(replayed->determinism, "best-effort");
    EXPECT_GT(replayed->parted, 0);
    EXPECT_THAT(result_of(*replayed), HasSubstr(R"("determinism":"best-effort","parted_at":)"));
    EXPECT_THAT(story_of(*replayed, "one-click"), HasSubstr("best-effort: a second run parted"));
    // Also when only its trace is left.
    const auto run = read_trace(replayed->played.trace);
    ASSERT_TRUE(run) << run.error().message;
    EXPECT_THAT(result_of(judged(*run)), HasSubstr(R"("determinism":"best-effort")"));
    // The run that shows something is the one that is told, whichever it is.
    const auto broken = ElementsAre("key_discipline", "no_double_charge");
    EXPECT_THAT(broken_checkers(*replayed), broken);
    const auto other = replay(one_click(), changing_client("fresh-key-per-attempt", kReference));
    EXPECT_THAT(broken_checkers(*other), broken);
}

TEST(ClientRunTest, AClientThatCannotPlayIsAnError) {
    const auto refused = replay(one_click(), [](const Scenario&) -> Result<Played> {
        return usage_error("the client crashed");
    });
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "the client crashed");
}

TEST(ClientRunTest, OneThatDoesNothingHasNotPassed) {
    const auto idle = replay(one_click(), [](const Scenario& scenario) -> Result<Played> {
        return play(scenario, Cast{.name = "subject",
                                   .transport = "process",
                                   .determinism = "ordered",
                                   .make = [](const ShopParts& parts) {
                                       return std::make_unique<IdleShop>(parts);
                                   }});
    });
    ASSERT_TRUE(idle) << idle.error().message;
    EXPECT_THAT(broken_checkers(*idle), ElementsAre("paid_as_possible"));
    EXPECT_THAT(idle->violations[0].message, HasSubstr("found it not begun"));
}

// The answer is lost and the retries are refused: the first attempt is as unknown as it was.
TEST(ClientRunTest, ARefusedRetrySaysNothingOfTheAttemptBefore) {
    Scenario scenario = one_click(R"("shop": {"flow": "two_calls"},)");
    scenario.faults = {{.operation = "order-1.confirm",
                        .at = simulator::CutPoint::response,
                        .kind = simulator::FaultKind::lost}};
    for (const std::int64_t attempt : {2, 3}) {
        scenario.faults.push_back({.operation = "order-1.confirm",
                                   .attempt = attempt,
                                   .at = simulator::CutPoint::connect,
                                   .kind = simulator::FaultKind::refuse});
    }
    // Each delivery: else it says how the payment ended.
    scenario.webhook_faults = {{.event_type = "payment_intent.succeeded",
                                .nth = 0,
                                .kind = simulator::WebhookFaultKind::drop,
                                .attempt = 0}};
    // Its key is another one minutes later only.
    const auto replayed = replay(scenario, client("key-with-a-token"));
    ASSERT_TRUE(replayed) << replayed.error().message;
    EXPECT_THAT(broken_checkers(*replayed), Contains("key_discipline"));
}

// It is down when the second shopper clicks; the reference has come back by then.
TEST(ClientRunTest, AClickThatNoProcessTookIsNotHeldAgainstIt) {
    Scenario scenario = one_click();
    scenario.steps.push_back(scenario.steps.front());
    scenario.steps.back().order = "order-2";
    scenario.steps.back().at_us = 2'500'000;
    scenario.crashes = {{.order = "order-1", .await = "pay", .restart_us = 1'000'000}};
    const auto slow = replay(scenario, [](const Scenario& played) -> Result<Played> {
        return play(played, Cast{.name = "subject",
                                 .transport = "process",
                                 .determinism = "ordered",
                                 .make = [](const ShopParts& parts) {
                                     return std::make_unique<SlowShop>(parts);
                                 }});
    });
    ASSERT_TRUE(slow) << slow.error().message;
    EXPECT_THAT(broken_checkers(*slow), IsEmpty());
}

TEST(ClientRunTest, IsAskedWhatAClientCanBeAsked) {
    const auto replayed = replay(one_click(), client(kReference));
    EXPECT_THAT(result_of(*replayed),
                HasSubstr(R"("not_judged":["crash_anywhere","duplicate_insensitivity",)"
                          R"("non_vacuity","order_independence","provider_contract",)"
                          R"("retry_jitter"])"));
    const auto ids = [](const Result<Replay>& one) {
        std::vector<std::string_view> all;
        for (const Checker* checker : checkers_for(one->run)) all.push_back(checker->id);
        return all;
    };
    // A grade asks all of it as well, whatever the scenario was written about.
    const auto inner = one_click(R"("checks": ["crash_anywhere"],)");
    EXPECT_EQ(ids(replay(inner, client(kReference))), ids(replayed));
    EXPECT_THAT(ids(replay(inner, *find_shop(kReference))), ElementsAre("crash_anywhere"));
}

}  // namespace
}  // namespace onsite::scenarios
