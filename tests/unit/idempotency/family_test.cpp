// The made-up incidents: a shop that does everything right passes all of them, and each defect is
// charged to the promise that it breaks. No process: the shops of scenarios/ take the client's
// place.
#include "exercises/4-idempotency/checks/family.hpp"

#include <map>
#include <set>

#include "exercises/4-idempotency/checks/runs.hpp"
#include "exercises/4-idempotency/checks/verdicts.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/trace/run_record.hpp"

namespace onsite::idempotency {
namespace {

Judged judged(const scenarios::Scenario& scenario, std::string_view shop) {
    const auto played = scenarios::play(scenario, *scenarios::find_shop(shop));
    auto result = judge_run(scenario, played.trace);
    EXPECT_TRUE(result) << (result ? "" : result.error().message);
    return result ? std::move(*result) : Judged{};
}

TEST(FamilyTest, TheReferenceKeepsEveryPromise) {
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        const auto found = judged(incident_of(seed), scenarios::kReference);
        EXPECT_TRUE(found.findings.empty()) << seed << " " << found.findings.front().message << '\n'
                                            << found.findings.front().story;
        EXPECT_FALSE(found.symptom) << *found.symptom;
    }
}

// Also when the process dies around its request, or when only a later delivery is answered.
TEST(FamilyTest, TheReferenceMakesEveryRefund) {
    const auto seed_of_refunds = static_cast<std::uint64_t>(Theme::money_back);
    for (std::uint64_t seed = seed_of_refunds; seed < 400; seed += kThemes) {
        const auto scenario = incident_of(seed);
        const auto trace =
            scenarios::play(scenario, *scenarios::find_shop(scenarios::kReference)).trace;
        const auto run = scenarios::read_trace(trace);
        ASSERT_TRUE(run);
        std::set<std::string_view> refunded;
        for (const auto& event : run->events) {
            if (event.text("what") == "refunded") refunded.insert(event.text("order"));
        }
        EXPECT_EQ(refunded.size(), 2u) << seed;
    }
}

TEST(FamilyTest, TheSameSeedGivesTheSameIncident) {
    EXPECT_EQ(scenarios::canonical(incident_of(7)), scenarios::canonical(incident_of(7)));
    EXPECT_NE(scenarios::canonical(incident_of(7)), scenarios::canonical(incident_of(7 + kThemes)));
}

TEST(FamilyTest, EveryIncidentIsAScenarioThatCanBeReadAgain) {
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const auto text = scenarios::canonical(incident_of(seed));
        const auto again = scenarios::read_scenario(text, "made-up");
        ASSERT_TRUE(again) << again.error().message << '\n' << text;
        EXPECT_EQ(scenarios::canonical(*again), text);
    }
}

TEST(FamilyTest, TwoHundredIncidentsHaveEveryThemeOften) {
    std::map<Theme, int> seen;
    for (const auto& scenario : family_of(9, 200)) ++seen[theme_of(scenario.seed)];
    EXPECT_EQ(seen.size(), kThemes);
    for (const auto& [theme, times] : seen) EXPECT_EQ(times, 25) << to_string(theme);
}

// They answer soon, after a redelivery, by failing, or never.
TEST(FamilyTest, AboutEveryFifthHasAShopperWhoseBankAsksWhoPays) {
    std::set<std::string> ways;
    int challenged = 0;
    for (const auto& scenario : family_of(9, 200)) {
        for (const auto& step : scenario.steps) {
            if (step.card != "pm_card_authenticationRequired") continue;
            ++challenged;
            const bool is_late = step.authenticates_us > simulator::kMinute;
            ways.insert(step.gives_up_us > 0        ? "fails"
                        : is_late                   ? "late"
                        : step.authenticates_us > 0 ? "soon"
                                                    : "never");
        }
    }
    EXPECT_GE(challenged, 33);
    EXPECT_LE(challenged, 60);
    EXPECT_EQ(ways.size(), 4u);
}

// The promises that a defective shop breaks first, over many incidents.
std::set<Promise> broken_by(std::string_view shop) {
    std::set<Promise> broken;
    for (std::uint64_t seed = 0; seed < 80; ++seed) {
        const auto found = judged(incident_of(seed), shop);
        if (!found.findings.empty()) broken.insert(found.findings.front().promise);
    }
    return broken;
}

TEST(FamilyTest, EachDefectBreaksItsOwnPromiseFirst) {
    using enum Promise;
    EXPECT_EQ(broken_by("retry-with-another-body"), std::set{keys});
    EXPECT_EQ(broken_by("key-without-the-card"), std::set{keys});
    EXPECT_EQ(broken_by("confirms-at-every-delivery"), std::set{keys});
    EXPECT_EQ(broken_by("refund-key-of-the-amount"), std::set{keys});
    EXPECT_EQ(broken_by("fresh-key-per-attempt"), std::set{once});
    EXPECT_EQ(broken_by("key-in-memory"), std::set{once});
    EXPECT_EQ(broken_by("refund-without-a-key"), std::set{once});
    EXPECT_EQ(broken_by("forgets-after-a-crash"), std::set{outcomes});
    EXPECT_EQ(broken_by("ships-before-payment"), std::set{truth});
    EXPECT_EQ(broken_by("success-is-payment"), std::set{truth});
    EXPECT_EQ(broken_by("action-is-failure"), std::set{outcomes});
    EXPECT_EQ(broken_by("retries-at-once"), std::set{manners});
    EXPECT_TRUE(broken_by("timeout-is-failure").contains(outcomes));
    EXPECT_TRUE(broken_by("conflict-is-failure").contains(outcomes));
}

TEST(FamilyTest, TheSymptomIsSeenWhereShoppersAreToldThatItFailed) {
    int symptoms = 0;
    for (std::uint64_t seed = 0; seed < 80; ++seed) {
        symptoms += judged(incident_of(seed), "timeout-is-failure").symptom ? 1 : 0;
    }
    EXPECT_GT(symptoms, 5);
}

}  // namespace
}  // namespace onsite::idempotency
