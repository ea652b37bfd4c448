// The list that was taken from scenarios/catalog, and the families of it.
#include "exercises/2-invoicing/checks/catalogue.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::invoicing {
namespace {

TEST(CatalogueTest, IsThatOfTheScenarios) {
    std::set<std::string> files;
    const std::filesystem::path folder = std::filesystem::path(ONSITE_ROOT) / "scenarios/catalog";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".scenario.json")) files.insert(name.substr(0, name.find('.')));
    }
    const auto ids = scenario_ids();
    EXPECT_TRUE(std::ranges::is_sorted(ids));
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()), files);
}

TEST(CatalogueTest, FamiliesHaveScenariosThatExistAndShareNone) {
    std::set<std::string_view> seen;
    for (const Family& family : scenario_families()) {
        for (const std::string_view id : family.scenarios) {
            EXPECT_TRUE(std::ranges::binary_search(scenario_ids(), id)) << id;
            EXPECT_TRUE(seen.insert(id).second) << id;
        }
    }
}

}  // namespace
}  // namespace onsite::invoicing
