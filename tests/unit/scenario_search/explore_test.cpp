// Searching: chaos becomes the same explicit faults each time, seeds find what is wrong with a
// shop, and nothing with the reference; what is found is kept so that it can be seen again.
#include "scenarios/search/explore.hpp"

#include <filesystem>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/read_scenario.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/replay/replay.hpp"
#include "scenarios/search/keep.hpp"
#include "scenarios/search/resolve.hpp"
#include "tests/property/property.hpp"
#include "tests/support/command.hpp"
#include "tests/unit/base/limited_disk.hpp"

namespace onsite::scenarios {
namespace {

namespace fs = std::filesystem;

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Scenario two_clicks() {
    return read_scenario(R"({
        "schema": 1, "id": "two-clicks", "story": "Two orders.", "clock": "2026-01-05T09:00:00Z",
        "steps": [
            {"order": "order-1", "do": "pay", "amount": 1999, "currency": "usd",
             "card": "pm_card_visa"},
            {"at": "70ms", "order": "order-2", "do": "pay", "amount": 500, "currency": "usd",
             "card": "pm_card_visa"}
        ],
        "chaos": {
            "attempts": 2, "delay": "3s", "jitter": "1s", "crashes": "1/30",
            "faults": {"response:lost": "1/10", "before_commit:delay": "1/10",
                       "after_commit:status": "1/20"},
            "webhooks": {"duplicate": "1/10", "delay": "1/10"}
        },
        "expect": {"reference": []}
    })",
                         "two-clicks")
        .value();
}

std::vector<AwaitPoint> points_of(const Scenario& scenario) {
    return play(calm(scenario), *find_shop(kReference)).points;
}

TEST(RatioTest, IsTwoWholeNumbers) {
    EXPECT_EQ(parse_ratio("1/20"), (Ratio{1, 20}));
    EXPECT_EQ(parse_ratio("0/1"), (Ratio{0, 1}));
    EXPECT_EQ(parse_ratio("1000000/1000000"), (Ratio{1'000'000, 1'000'000}));
    for (const char* bad : {"", "1", "1/", "/2", "2/1", "1/0", "-1/2", "1/-2", "0.5", "1/2 ",
                            "+1/2", "1/1000001", "99999999999999999999/99999999999999999999"}) {
        EXPECT_EQ(parse_ratio(bad), std::nullopt) << bad;
    }
}

TEST(ChaosTest, IsReadStrictlyAndWrittenBack) {
    const Scenario scenario = two_clicks();
    ASSERT_TRUE(scenario.chaos);
    EXPECT_EQ(scenario.chaos->faults.size(), 3u);
    EXPECT_EQ(scenario.chaos->crashes, (Ratio{1, 30}));
    EXPECT_EQ(read_scenario(canonical(scenario), "again").value(), scenario);
    const auto problem = [](std::string_view chaos) {
        std::string text = R"({"schema": 1, "id": "a", "story": "A.", "clock":
            "2026-01-05T09:00:00Z", "steps": [], "expect": {"reference": []},
            "chaos": )";
        const auto read = read_scenario(text + std::string(chaos) + "}", "a");
        return read ? "" : read.error().message;
    };
    EXPECT_EQ(problem("{}"), "");
    EXPECT_THAT(problem(R"({"often": "1/2"})"), AllOf(HasSubstr("a:3:"), HasSubstr("often")));
    EXPECT_THAT(problem(R"({"faults": {"response:refuse": "1/2"}})"), HasSubstr("response:refuse"));
    EXPECT_THAT(problem(R"({"faults": {"response:lost": 0.5}})"), HasSubstr("response:lost"));
    EXPECT_THAT(problem(R"({"webhooks": {"drop": "3/2"}})"), HasSubstr("such as \"1/20\""));
    EXPECT_THAT(problem(R"({"attempts": 21})"), HasSubstr("attempts"));
}

TEST(ResolveTest, MakesTheSameExplicitFaultsOfASeedEachTime) {
    const Scenario scenario = two_clicks();
    const auto points = points_of(scenario);
    std::set<std::string> different;
    std::size_t faults = 0;
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Scenario resolved = resolve(scenario, seed, points);
        EXPECT_EQ(resolved, resolve(scenario, seed, points));
        EXPECT_FALSE(resolved.chaos);
        EXPECT_THAT(resolved.checks, Not(Contains("non_vacuity")));
        // What is written out is what is played, whatever becomes of the generator.
        const auto again = read_scenario(canonical(resolved), "again");
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(*again, resolved);
        different.insert(canonical(resolved));
        faults += resolved.faults.size();
    }
    EXPECT_GT(different.size(), 40u);
    EXPECT_GT(faults, 10u);
}

TEST(ResolveTest, AnotherKindOfFaultMovesNoneOfTheOthers) {
    expect_property([] {
        Scenario scenario = two_clicks();
        const auto seed = *rc::gen::arbitrary<std::uint64_t>();
        const auto before = resolve(scenario, seed, {}).faults;
        scenario.chaos->faults.push_back(
            {simulator::CutPoint::connect, simulator::FaultKind::refuse, {1, 2}});
        auto after = resolve(scenario, seed, {}).faults;
        std::erase_if(after, [](const simulator::Fault& fault) {
            return fault.kind == simulator::FaultKind::refuse;
        });
        RC_ASSERT(after == before);
    });
}

TEST(ResolveTest, TakesItsRatiosAtTheirWord) {
    Scenario scenario = two_clicks();
    for (FaultChance& chance : scenario.chaos->faults) chance.ratio = {1, 4};
    std::size_t faults = 0;
    for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
        faults += resolve(scenario, seed, {}).faults.size();
    }
    // Two orders, two attempts, three kinds: 3,000 of 12,000 are expected; five deviations of 47.
    EXPECT_NEAR(static_cast<double>(faults), 3'000.0, 235.0);
    scenario.chaos =
        Chaos{.faults = {{simulator::CutPoint::response, simulator::FaultKind::lost, {1, 1}}}};
    EXPECT_EQ(resolve(scenario, 7, {}).faults.size(), 6u);
}

TEST(SeedsTest, AreARangeWithBothEnds) {
    EXPECT_EQ(parse_seeds("0..9999"), (SeedRange{0, 9'999}));
    EXPECT_EQ(parse_seeds("17"), (SeedRange{17, 17}));
    for (const char* bad : {"", "..", "1..", "..1", "2..1", "a..b", "1...2", "-1..2",
                            "0..100000000", "0..99999999999999999999"}) {
        EXPECT_EQ(parse_seeds(bad), std::nullopt) << bad;
    }
}

TEST(ExploreTest, FindsNothingWithTheReference) {
    const Exploration found = explore(two_clicks(), *find_shop(kReference), {0, 499});
    EXPECT_EQ(found.seeds, 500u);
    EXPECT_EQ(found.failed, 0u) << found.discoveries.front().cause << ": "
                                << found.discoveries.front().violation.message;
    EXPECT_THAT(found.discoveries, IsEmpty());
}

TEST(ExploreTest, FindsNothingInTheReferenceInAnyScenarioOfTheCatalogue) {
    const auto catalog =
        load_catalog(std::filesystem::path(ONSITE_SOURCE_ROOT) / "scenarios" / "catalog");
    ASSERT_TRUE(catalog) << catalog.error().message;
    for (const Scenario& scenario : *catalog) {
        const Exploration found = explore(scenario, *find_shop(kReference), {0, 19}, 2);
        EXPECT_THAT(found.broken, IsEmpty()) << scenario.id;
    }
}

TEST(ExploreTest, FindsEachBrokenPromiseOnceAndTheSameEachTime) {
    const ShopKind& shop = *find_shop("fresh-key-per-attempt");
    const Exploration found = explore(two_clicks(), shop, {0, 299});
    EXPECT_GT(found.failed, 20u);
    EXPECT_LT(found.failed, 300u);
    std::set<std::pair<std::string, std::string>> known;
    for (const Discovery& one : found.discoveries) {
        EXPECT_TRUE(known.emplace(one.violation.checker, one.violation.operation).second);
        // Explicit from here on: the same run without the seed's generator.
        const auto again = replay(one.scenario, shop);
        ASSERT_TRUE(again);
        EXPECT_THAT(broken_checkers(*again), Contains(one.violation.checker));
    }
    EXPECT_TRUE(known.contains({"no_double_charge", "order-1"}));
    EXPECT_EQ(explore(two_clicks(), shop, {0, 299}).broken, found.broken);
}

TEST(ExploreTest, FindsTheSameOnAnyNumberOfThreads) {
    const ShopKind& shop = *find_shop("fresh-key-per-attempt");
    const auto causes_on = [&](unsigned threads) {
        std::vector<std::string> causes;
        for (const Discovery& one : explore(two_clicks(), shop, {0, 299}, threads).discoveries) {
            causes.push_back(one.cause + " " + one.violation.message);
        }
        return causes;
    };
    EXPECT_THAT(causes_on(1), Not(IsEmpty()));
    EXPECT_EQ(causes_on(3), causes_on(1));
}

TEST(KeeperTest, WritesAFolderThatReplaysTheFailure) {
    const ShopKind& shop = *find_shop("fresh-key-per-attempt");
    const Scenario original = two_clicks();
    const Exploration found = explore(original, shop, {0, 299});
    ASSERT_FALSE(found.discoveries.empty());
    const onsite::testing::TemporaryFolder folder;
    Keeper keeper(folder.path(), original, shop);
    const Discovery& discovery = found.discoveries.front();
    const auto kept = keeper.keep(discovery, "17");
    ASSERT_TRUE(kept) << kept.error().message;
    EXPECT_EQ(kept->folder.filename(), "two-clicks-17-" + discovery.violation.checker);
    const auto small = load_scenario(kept->folder / kShrunkFile);
    ASSERT_TRUE(small) << small.error().message;
    EXPECT_LE(small->faults.size() + small->crashes.size(), 3u);
    const auto played = replay(*small, shop);
    ASSERT_TRUE(played);
    EXPECT_EQ(expectation_of(*small, shop, *played), Expectation::met);
    EXPECT_EQ(onsite::testing::read_text(kept->folder / "trace.jsonl"), played->played.trace);
    EXPECT_TRUE(load_scenario(kept->folder / kOriginalFile)->chaos);
    EXPECT_FALSE(load_scenario(kept->folder / kResolvedFile)->chaos);
    EXPECT_THAT(onsite::testing::read_text(kept->folder / "story.txt"),
                HasSubstr("./onsite replay " + (kept->folder / kShrunkFile).string()));
    // A second one of the same name has a folder of its own.
    EXPECT_NE(keeper.keep(discovery, "17")->folder, kept->folder);
}

TEST(KeeperDeathTest, AFullDiskLeavesTheFailureThatWasKeptBeforeAndNoHalf) {
    const ShopKind& shop = *find_shop("fresh-key-per-attempt");
    const Scenario original = two_clicks();
    const Exploration found = explore(original, shop, {0, 299});
    ASSERT_FALSE(found.discoveries.empty());
    const Discovery& discovery = found.discoveries.front();
    const onsite::testing::TemporaryFolder folder;
    const auto before = Keeper(folder.path(), original, shop).keep(discovery, "17");
    ASSERT_TRUE(before) << before.error().message;
    const std::uint64_t bytes_max = 2048;  // Enough for a scenario, not for a trace.
    ASSERT_LT(fs::file_size(before->folder / kResolvedFile), bytes_max);
    ASSERT_GT(fs::file_size(before->folder / "trace.jsonl"), bytes_max);
    const auto is_refused = [&] {
        return !Keeper(folder.path(), original, shop).keep(discovery, "17");
    };
    EXPECT_EXIT(onsite::testing::exit_with_full_disk(bytes_max, is_refused),
                ::testing::ExitedWithCode(0), "");
    EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1) << "only the whole one";
    EXPECT_TRUE(fs::exists(before->folder / "story.txt"));
}

}  // namespace
}  // namespace onsite::scenarios
