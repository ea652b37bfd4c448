// The command line of onsite-explore: looks for failures by chance, and keeps what it finds.
#include "scenarios/search/explore.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/discoveries.hpp"
#include "scenarios/player/player.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/search/resolve.hpp"

namespace onsite::scenarios {
namespace {

constexpr const char* kFooter = R"(
Each seed makes explicit faults of the scenario's `chaos`, or of the usual one when it has none, and
the run is judged. Each promise that is broken on an operation is kept once, as a folder with the
scenario as it was, resolved and shrunk, its trace, result and story.

Exit status: 0 nothing was found, 1 something was, 2 a word or a file is wrong, 3 the program
failed.

Examples:
  onsite explore racing-double-click --shop reference
  onsite explore lost-response-fresh-key --shop key-in-memory --seeds 0..999
  onsite explore mine.scenario.json --seeds 17 --resolved resolved.scenario.json)";

struct Words {
    std::string scenario = {};
    std::string shop = {};
    std::string seeds = "0..9999";
    std::string failures = "failures";
    std::string resolved_file = {};
};

// Writes what one seed makes of the scenario; plays nothing but the run without faults.
Result<int> write_resolved(const Words& words, const Scenario& scenario, const ShopKind& shop,
                           SeedRange seeds) {
    if (seeds.count() != 1) {
        return usage_error(fmt::format(
            "expected one seed with --resolved, such as --seeds 17, found {}.", words.seeds));
    }
    const auto points = play(calm(scenario), shop, Header::without_scenario).points;
    auto written = write_scenario_file(resolve(scenario, seeds.first, points), words.resolved_file);
    if (!written) return pass_on(written);
    return 0;
}

Result<int> run(const Words& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto shop = choose_shop(words.shop, *scenario);
    if (!shop) return std::unexpected(shop.error());
    const auto seeds = parse_seeds(words.seeds);
    if (!seeds) {
        return usage_error(fmt::format("expected seeds such as 0..9999, at most {}, found \"{}\".",
                                       kSeedsMax, words.seeds));
    }
    if (!words.resolved_file.empty()) return write_resolved(words, *scenario, **shop, *seeds);
    console.print(fmt::format("seeds {}..{}   {}   shop {}\n", seeds->first, seeds->last,
                              scenario->id, (*shop)->name));
    const Exploration found =
        explore(*scenario, **shop, *seeds, progress_of(console, "seeds", seeds->count()));
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

int run_main(int count, char** arguments) {
    Words words;
    CLI::App cli("Looks for failures: plays a scenario with other random faults for each seed.",
                 "onsite explore");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.add_option("scenario", words.scenario, "an id of the catalogue, or a file")->required();
    cli.add_option("--shop", words.shop,
                   "which shop plays it; default: the first that is expected to fail");
    cli.add_option("--seeds", words.seeds, "which seeds, both ends included; default: 0..9999");
    cli.add_option("--failures", words.failures,
                   "the folder in which failures are kept; default: failures");
    cli.add_option("--resolved", words.resolved_file,
                   "write what one seed makes of the scenario to this file; search nothing");
    try {
        cli.parse(count, arguments);
    } catch (const CLI::ParseError& problem) {
        return cli.exit(problem) == 0 ? 0 : kExitUsage;
    }
    const Console console = Console::of_this_process();
    return exit_status_of(run(words, console), console);
}

}  // namespace
}  // namespace onsite::scenarios

int main(int count, char** words) { return onsite::scenarios::run_main(count, words); }
