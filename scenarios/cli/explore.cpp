// onsite explore: looks for failures by chance, and keeps what it finds.
#include "scenarios/search/explore.hpp"

#include <fmt/format.h>

#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/discoveries.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/search/resolve.hpp"

namespace onsite::scenarios {
namespace {

// Writes what one seed makes of the scenario; plays nothing but the run without faults.
Result<int> write_resolved(const ExploreWords& words, const Scenario& scenario,
                           const ShopKind& shop, SeedRange seeds) {
    if (seeds.count() != 1) {
        return usage_error(fmt::format(
            "expected one seed with --resolved, such as --seeds 17, found {}", words.seeds));
    }
    const auto points = play(calm(scenario), shop, Header::without_scenario).points;
    auto written = write_scenario_file(resolve(scenario, seeds.first, points), words.resolved_file);
    if (!written) return pass_on(written);
    return 0;
}

}  // namespace

Result<int> run_explore(const ExploreWords& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto shop = choose_shop(words.shop, *scenario);
    if (!shop) return std::unexpected(shop.error());
    const auto seeds = parse_seeds(words.seeds);
    if (!seeds) {
        return usage_error(fmt::format("expected seeds such as 0..9999, at most {}, found \"{}\"",
                                       kSeedsMax, words.seeds));
    }
    if (!words.resolved_file.empty()) return write_resolved(words, *scenario, **shop, *seeds);
    console.print(fmt::format("seeds {}..{}   {}   shop {}\n", seeds->first, seeds->last,
                              scenario->id, (*shop)->name));
    const Exploration found = explore(*scenario, **shop, *seeds, threads_of_this_machine(),
                                      progress_of(console, "seeds", seeds->count()));
    console.print(fmt::format("\n  {} seeds played, {} failed\n", found.seeds, found.failed));
    for (const auto& [checker, count] : found.broken) {
        console.print(fmt::format("  {:<22} {:>7}\n", checker, count));
    }
    Keeper keeper(words.failures, *scenario, **shop);
    return keep_and_tell(
        found.discoveries, **shop, keeper,
        [](const Discovery& discovery) { return std::to_string(discovery.scenario.seed); },
        console);
}

}  // namespace onsite::scenarios
