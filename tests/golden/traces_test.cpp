// Goal: a scenario is the same run for everybody. The hash of the trace of every run of the
// catalogue is compared with an approved one: by g++ with sanitizers in `./onsite test`, and by
// clang without them in CI. After a change that is wanted: ONSITE_APPROVE=1 ctest -L golden
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scenarios/player/player.hpp"
#include "scenarios/replay/catalog.hpp"
#include "tests/support/command.hpp"

namespace onsite::scenarios {
namespace {

namespace fs = std::filesystem;

const fs::path kRoot = ONSITE_SOURCE_ROOT;

// "8c1d4f0a5b7e9c32    65  racing-double-click  reference" for each.
std::string hashes_of(const std::vector<Scenario>& catalog) {
    std::string lines;
    for (const Scenario& scenario : catalog) {
        for (const auto& [name, unused] : scenario.expect) {
            const ShopKind* const shop = find_shop(name);
            EXPECT_NE(shop, nullptr) << name;
            if (shop == nullptr) continue;
            const Played played = play(scenario, *shop);
            lines +=
                fmt::format("{:016x} {:5}  {}  {}\n", played.hash, played.lines, scenario.id, name);
        }
    }
    return lines;
}

TEST(GoldenTraceTest, EveryRunOfTheCatalogueHasItsHash) {
    const auto catalog = load_catalog(kRoot / "scenarios" / "catalog");
    ASSERT_TRUE(catalog) << catalog.error().message;
    const std::string hashes = hashes_of(*catalog);
    const fs::path approved = kRoot / "tests" / "golden" / "traces.txt";
    if (std::getenv("ONSITE_APPROVE") != nullptr) testing::write_text(approved, hashes);
    EXPECT_EQ(testing::read_text(approved), hashes)
        << "a run changed; when that is wanted: ONSITE_APPROVE=1 ctest -L golden";
}

}  // namespace
}  // namespace onsite::scenarios
