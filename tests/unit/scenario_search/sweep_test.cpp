// One thing at a time, everywhere: all of it is tried, and the reference survives it.
#include "scenarios/search/sweep.hpp"

#include <algorithm>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/player/player.hpp"
#include "scenarios/replay/catalog.hpp"

namespace onsite::scenarios {
namespace {

const std::vector<Scenario>& catalog() {
    static const std::vector<Scenario> all =
        load_catalog(std::filesystem::path(ONSITE_SOURCE_ROOT) / "scenarios" / "catalog").value();
    return all;
}

std::string shown(const Sweep& swept) {
    std::string text;
    for (const Discovery& one : swept.discoveries) {
        text += one.cause + ": " + one.violation.checker + " " + one.violation.message + "\n";
    }
    return text;
}

Scenario one_click(Flow flow) {
    Scenario scenario{.id = "one-click", .story = "A click."};
    scenario.shop.flow = flow;
    scenario.steps = {
        {.order = "order-1", .amount = 1999, .currency = "usd", .card = "pm_card_visa"}};
    scenario.expect = {{std::string(kReference), {}}};
    return scenario;
}

TEST(SweepTest, TriesEachFaultAtEachCutPointAndACrashAtEachAwait) {
    const Scenario scenario = one_click(Flow::one_call);
    const ShopKind& shop = *find_shop(kReference);
    const Sweep swept = sweep(scenario, shop);
    const std::size_t faults = every_fault().size() * kSweepAttempts;
    const std::size_t webhooks = 3 * simulator::kWebhookFaultKinds.size();
    EXPECT_EQ(swept.trials.size(), 1 + faults + webhooks + 2 * play(scenario, shop).points.size());
    // Of the second and third attempts of a request that succeeds nothing can go wrong.
    EXPECT_GT(swept.happened, every_fault().size());
    EXPECT_LT(swept.happened, swept.trials.size());
}

// Of a shop that breaks a promise without any of it: what never happened is not blamed.
TEST(SweepTest, BlamesOnlyWhatHappened) {
    const auto story = std::ranges::find(catalog(), "racing-double-click", &Scenario::id);
    ASSERT_NE(story, catalog().end());
    const Sweep swept = sweep(*story, *find_shop("payment-per-click"));
    EXPECT_FALSE(swept.trials.front().broken.empty());
    EXPECT_LE(swept.failed, swept.happened);
    EXPECT_LT(swept.happened, swept.trials.size());
    for (const Trial& trial : swept.trials) {
        EXPECT_TRUE(trial.has_happened || trial.broken.empty()) << trial.where << " " << trial.what;
    }
}

TEST(SweepTest, TheReferenceSurvivesEverything) {
    for (const Flow flow :
         {Flow::one_call, Flow::two_calls, Flow::confirm_on_webhook, Flow::fulfil_on_webhook}) {
        const Sweep swept = sweep(one_click(flow), *find_shop(kReference));
        EXPECT_EQ(swept.failed, 0u) << to_string(flow) << "\n" << shown(swept);
    }
}

// Whatever goes wrong in the catalogue, and one thing more.
TEST(SweepTest, TheReferenceSurvivesOneThingMoreInScenariosOfTheCatalogue) {
    for (const char* id : {"racing-double-click", "two-equal-refunds", "retry-with-another-body",
                           "cancelled-while-it-is-paid", "control-every-event-twice"}) {
        const auto found = std::ranges::find(catalog(), id, &Scenario::id);
        ASSERT_NE(found, catalog().end()) << id;
        const Sweep swept = sweep(*found, *find_shop(kReference));
        EXPECT_EQ(swept.failed, 0u) << id << "\n" << shown(swept);
    }
}

}  // namespace
}  // namespace onsite::scenarios
