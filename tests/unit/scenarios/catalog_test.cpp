// The catalogue, in both directions: each scenario's defective shop breaks exactly the promises
// that the scenario names, and the reference keeps all of them. So no scenario, no checker and no
// defect is without effect.
#include "scenarios/replay/catalog.hpp"

#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/format/write_scenario.hpp"
#include "scenarios/replay/story.hpp"
#include "tests/support/command.hpp"
#include "tests/support/schema.hpp"

namespace onsite::scenarios {
namespace {

using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::filesystem::path kFolder =
    std::filesystem::path(ONSITE_SOURCE_ROOT) / "scenarios" / "catalog";

const std::vector<Scenario>& catalog() {
    static const std::vector<Scenario> all = load_catalog(kFolder).value();
    return all;
}

bool is_control(const Scenario& scenario) {
    return std::ranges::find(scenario.tags, "control") != scenario.tags.end();
}

TEST(CatalogTest, HasFortyScenariosAndEightControls) {
    EXPECT_GE(catalog().size(), 40u);
    EXPECT_GE(std::ranges::count_if(catalog(), is_control), 8);
}

// A checker with a slip in its name would be asked nothing, and nothing would have failed.
TEST(CatalogTest, RefusesCheckersAndShopsThatDoNotExist) {
    const testing::TemporaryFolder folder;
    const auto file = folder.path() / "mine.scenario.json";
    const auto problem_with = [&](const std::string& words) {
        EXPECT_TRUE(write_file(file, R"({"schema": 1, "id": "mine", "story": "A click.",
"clock": "2026-01-05T09:00:00Z", "steps": [],
)" + words + "}"));
        const auto found = find_scenario(kFolder, file.string());
        return found ? std::string() : found.error().message;
    };
    EXPECT_EQ(problem_with(R"("checks": ["minor_units"], "expect": {"reference": []})"), "");
    EXPECT_THAT(problem_with(R"("checks": ["minor_unit"], "expect": {"reference": []})"),
                HasSubstr(":3:1: \"checks\": expected a checker"));
    EXPECT_THAT(problem_with(R"("expect": {"reference": ["no_double"]})"),
                HasSubstr("found \"no_double\""));
    EXPECT_THAT(problem_with(R"("expect": {"referee": []})"),
                HasSubstr("expected one of these shops: reference, retry-with-another-body, "));
    EXPECT_THAT(problem_with(R"("expect": {"referee": []})"), HasSubstr("; found \"referee\""));
    EXPECT_FALSE(load_catalog(folder.path()));
}

TEST(CatalogTest, NamesSourcesShopsAndCheckersThatExist) {
    for (const Scenario& scenario : catalog()) {
        EXPECT_THAT(scenario.sources, Not(IsEmpty())) << scenario.id;
        EXPECT_TRUE(scenario.expect.contains(std::string(kReference))) << scenario.id;
        EXPECT_EQ(scenario.expect.size() == 1, is_control(scenario)) << scenario.id;
        for (const auto& [shop, broken] : scenario.expect) {
            EXPECT_NE(find_shop(shop), nullptr) << scenario.id << ": " << shop;
            EXPECT_EQ(broken.empty(), shop == kReference) << scenario.id << ": " << shop;
            for (const std::string& id : broken) EXPECT_NE(find_checker(id), nullptr) << id;
        }
    }
}

TEST(CatalogTest, EveryShopBreaksExactlyWhatItsScenarioSays) {
    for (const Scenario& scenario : catalog()) {
        for (const auto& [name, expected] : scenario.expect) {
            const auto played = replay(scenario, *find_shop(name));
            ASSERT_TRUE(played) << played.error().message;
            std::vector<std::string> sorted = expected;
            std::ranges::sort(sorted);
            EXPECT_THAT(broken_checkers(*played), ElementsAreArray(sorted))
                << story_of(*played, scenario.id);
        }
    }
}

TEST(CatalogTest, EveryDefectIsTheSubjectOfAScenario) {
    std::set<std::string> subjects;
    for (const Scenario& scenario : catalog()) {
        for (const auto& [shop, unused] : scenario.expect) subjects.insert(shop);
    }
    for (const ShopKind& shop : shops()) {
        EXPECT_TRUE(subjects.contains(std::string(shop.name))) << shop.name;
    }
}

// The provider is ours, so that nobody of the catalogue can break two of the promises.
TEST(CatalogTest, EveryOtherCheckerCanFail) {
    std::set<std::string> failing;
    for (const Scenario& scenario : catalog()) {
        for (const auto& [shop, broken] : scenario.expect) {
            failing.insert(broken.begin(), broken.end());
        }
    }
    for (const Checker& checker : checkers()) {
        const bool is_ours = checker.id == "provider_contract" || checker.id == "conservation" ||
                             checker.id == "non_vacuity";
        EXPECT_NE(failing.contains(std::string(checker.id)), is_ours) << checker.id;
    }
}

TEST(CatalogTest, EveryFileHasTheFormOfItsSchema) {
    const auto schema = kFolder.parent_path() / "scenario.schema.json";
    for (const Scenario& scenario : catalog()) {
        const auto file = kFolder / (scenario.id + std::string(kScenarioSuffix));
        const auto json = parse_json(read_file(file, kScenarioBytesMax).value(), file.string(),
                                     JsonComments::allowed);
        EXPECT_EQ(testing::json_problems(schema, json->dump()), "") << scenario.id;
        EXPECT_EQ(testing::json_problems(schema, canonical(scenario)), "") << scenario.id;
    }
    EXPECT_NE(testing::json_problems(schema, R"({"schema": 1, "id": "a", "unknown": 1})"), "");
}

TEST(CatalogTest, ScenariosAreTheSameAfterTheyAreWritten) {
    for (const Scenario& scenario : catalog()) {
        const auto again = read_scenario(canonical(scenario), scenario.id);
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(canonical(*again), canonical(scenario));
        const ShopKind& shop = *find_shop(kReference);
        EXPECT_EQ(play(*again, shop).hash, play(scenario, shop).hash) << scenario.id;
    }
}

TEST(StoryTest, TellsTheStoryFirstTheBadLineThenAndTheCommandLast) {
    const auto scenario = find_scenario(kFolder, "lost-response-fresh-key");
    ASSERT_TRUE(scenario) << scenario.error().message;
    const auto played = replay(*scenario, *find_shop("fresh-key-per-attempt"));
    ASSERT_TRUE(played) << played.error().message;
    const std::string story = story_of(*played, scenario->id);
    const auto told = story.find("the answer never arrives");
    const auto failed = story.find("FAIL  no_double_charge");
    const auto bad = story.find("  > ", failed);
    const auto command =
        story.find("./onsite replay lost-response-fresh-key --shop fresh-key-per-attempt");
    EXPECT_LT(told, failed) << story;
    EXPECT_LT(failed, bad) << story;
    EXPECT_LT(bad, command) << story;
    EXPECT_LT(command, story.size()) << story;
    EXPECT_THAT(result_of(*played), HasSubstr("\"verdict\":\"fail\",\"is_expected\":true"));
}

}  // namespace
}  // namespace onsite::scenarios
