// Shrinking: what is left is needed, and it is the same failure.
#include "scenarios/search/shrink.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/search/minimal.hpp"
#include "tests/property/property.hpp"

namespace onsite::scenarios {
namespace {

using simulator::CutPoint;
using simulator::Fault;
using simulator::FaultKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

bool has_all(const std::vector<int>& list, const std::vector<int>& wanted) {
    return std::ranges::all_of(wanted,
                               [&](int one) { return std::ranges::find(list, one) != list.end(); });
}

TEST(MinimalTest, LeavesExactlyWhatIsNeededInItsOrder) {
    expect_property([] {
        const auto items = *rc::gen::unique<std::vector<int>>(rc::gen::inRange(0, 100));
        std::vector<int> needed;
        for (const int item : items) {
            if (*rc::gen::inRange(0, 4) == 0) needed.push_back(item);
        }
        const auto left =
            minimal(items, [&](const std::vector<int>& rest) { return has_all(rest, needed); });
        RC_ASSERT(left == needed);
    });
}

TEST(MinimalTest, OneOfTwoThatCanStandForEachOtherIsEnough) {
    const std::vector<int> items = {1, 2, 3, 4};
    const auto holds = [](const std::vector<int>& rest) {
        return has_all(rest, {2}) || has_all(rest, {4});
    };
    EXPECT_EQ(minimal(items, holds).size(), 1u);
}

// Forty faults and ten orders; one lost answer is the cause.
Scenario forty_faults() {
    Scenario scenario{.id = "forty-faults", .story = "Much goes wrong."};
    for (int i = 1; i <= 10; ++i) {
        const std::string order = fmt::format("order-{}", i);
        scenario.steps.push_back({.at_us = i * 100'000,
                                  .order = order,
                                  .amount = 1000 + i,
                                  .currency = "usd",
                                  .card = "pm_card_visa"});
        for (std::int64_t attempt = 5; attempt <= 7; ++attempt) {
            scenario.faults.push_back({.operation = order + ".pay", .attempt = attempt});
        }
        scenario.faults.push_back(
            {.operation = order + ".pay", .at = CutPoint::request, .kind = FaultKind::lost});
    }
    scenario.faults.push_back({.operation = "order-7.pay", .attempt = 2});
    scenario.expect = {{"reference", {}}};
    return scenario;
}

TEST(ShrinkTest, FindsTheFewFaultsAndTheStepOfAFailure) {
    const auto shrunk =
        shrink(forty_faults(), *find_shop("fresh-key-per-attempt"), "no_double_charge");
    ASSERT_TRUE(shrunk) << shrunk.error().message;
    ASSERT_EQ(shrunk->scenario.steps.size(), 1u);
    EXPECT_EQ(shrunk->scenario.steps[0].order, "order-7");
    EXPECT_LE(shrunk->scenario.faults.size(), 3u);
    EXPECT_EQ(shrunk->violation.checker, "no_double_charge");
    EXPECT_EQ(shrunk->violation.operation, "order-7");
    EXPECT_TRUE(shrunk->scenario.expect.contains("fresh-key-per-attempt"));
    // Its second run is as short.
    const auto again =
        shrink(shrunk->scenario, *find_shop("fresh-key-per-attempt"), "no_double_charge");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->scenario.faults, shrunk->scenario.faults);
    EXPECT_EQ(again->scenario.steps, shrunk->scenario.steps);
}

// Ten plays of the whole day would take longer than all plays of the one order that fails.
TEST(ShrinkTest, TriesTheFailingOrderAloneFirst) {
    Scenario scenario = forty_faults();
    const auto few = shrink(scenario, *find_shop("fresh-key-per-attempt"), "no_double_charge");
    ASSERT_TRUE(few);
    EXPECT_LE(few->runs, 25);
    // The other orders cost nothing more.
    std::erase_if(scenario.steps, [](const Step& step) { return step.order != "order-7"; });
    std::erase_if(scenario.faults,
                  [](const Fault& fault) { return !fault.operation.starts_with("order-7."); });
    const auto alone = shrink(scenario, *find_shop("fresh-key-per-attempt"), "no_double_charge");
    ASSERT_TRUE(alone);
    EXPECT_EQ(few->runs, alone->runs + 1);
}

TEST(ShrinkTest, KeepsAnotherOrderThatTheFailureNeeds) {
    Scenario scenario{.id = "two-of-four", .story = "A customer buys twice."};
    for (int i = 1; i <= 4; ++i) {
        scenario.steps.push_back({.at_us = i * 1'000'000,
                                  .order = fmt::format("order-{}", i),
                                  .amount = 1999,
                                  .currency = "usd",
                                  .card = "pm_card_visa",
                                  .customer = i % 2 == 0 ? "ada" : fmt::format("other-{}", i)});
    }
    const auto shrunk = shrink(scenario, *find_shop("key-of-the-customer"), "key_discipline");
    ASSERT_TRUE(shrunk) << shrunk.error().message;
    ASSERT_EQ(shrunk->scenario.steps.size(), 2u);
    EXPECT_EQ(shrunk->scenario.steps[0].order, "order-2");
    EXPECT_EQ(shrunk->scenario.steps[1].order, "order-4");
}

// Of a payment whose bank asks the shopper who pays.
Scenario challenged() {
    Scenario scenario{.id = "challenged", .story = "The bank asks who pays."};
    scenario.steps = {{.order = "order-1",
                       .amount = 1999,
                       .currency = "usd",
                       .card = "pm_card_authenticationRequired",
                       .authenticates_us = 300'000'000}};
    scenario.expect = {{"reference", {}}};
    return scenario;
}

TEST(ShrinkTest, AsksNoShopperWhereTheFailureNeedsNone) {
    Scenario scenario = challenged();
    scenario.steps[0].customer = "ada";
    scenario.steps.push_back(scenario.steps[0]);
    scenario.steps[1].order = "order-2";
    const auto shrunk = shrink(scenario, *find_shop("key-of-the-customer"), "key_discipline");
    ASSERT_TRUE(shrunk) << shrunk.error().message;
    for (const Step& step : shrunk->scenario.steps) {
        EXPECT_EQ(step.card, "pm_card_visa");
        EXPECT_EQ(step.authenticates_us, 0);
    }
}

TEST(ShrinkTest, LetsAShopperAnswerSoonWhereTheFailureNeedsTheQuestion) {
    const auto shrunk = shrink(challenged(), *find_shop("action-is-failure"), "");
    ASSERT_TRUE(shrunk) << shrunk.error().message;
    EXPECT_EQ(shrunk->scenario.steps[0].card, "pm_card_authenticationRequired");
    EXPECT_EQ(shrunk->scenario.steps[0].authenticates_us, 1'000'000);
}

TEST(ShrinkTest, SaysWhatIsBrokenWhenItIsSomethingElse) {
    const auto none = shrink(forty_faults(), *find_shop(kReference), "no_double_charge");
    ASSERT_FALSE(none);
    EXPECT_THAT(none.error().message, HasSubstr("found these broken promises: non_vacuity"));
}

}  // namespace
}  // namespace onsite::scenarios
