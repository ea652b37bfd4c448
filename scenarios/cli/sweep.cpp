// The command line of onsite-sweep: lets one thing go wrong at a time, everywhere.
#include "scenarios/search/sweep.hpp"

#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/escape.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/discoveries.hpp"
#include "scenarios/replay/catalog.hpp"

namespace onsite::scenarios {
namespace {

constexpr const char* kFooter = R"(
Prints a line for each thing that was tried and happened, and what it broke. What the scenario
itself lets go wrong goes wrong as well. Each promise that is broken on an operation is kept once,
as `onsite explore` keeps it.

Exit status: 0 every promise was kept, 1 one was broken, 2 a word or a file is wrong, 3 the program
failed.

Examples:
  onsite sweep racing-double-click --shop reference
  onsite sweep lost-response-fresh-key)";

struct Words {
    std::string scenario = {};
    std::string shop = {};
    std::string failures = "failures";
};

// "no_double_charge, paid_eventually", or "-".
std::string broken_by(const Trial& trial) {
    std::set<std::string_view> ids;
    for (const Violation& one : trial.broken) ids.insert(one.checker);
    return ids.empty() ? "-" : fmt::format("{}", fmt::join(ids, ", "));
}

void print_table(const Sweep& swept, const Console& console) {
    for (const Trial& trial : swept.trials) {
        if (!trial.has_happened && trial.broken.empty()) continue;
        console.print(fmt::format("  {:<36} {:<26} {}\n", harmless(trial.where, Lines::one),
                                  trial.what, broken_by(trial)));
    }
    console.print(fmt::format("\n  {} tried, {} happened, {} broke a promise\n",
                              swept.trials.size(), swept.happened, swept.failed));
}

Result<int> run(const Words& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto shop = choose_shop(words.shop, *scenario);
    if (!shop) return std::unexpected(shop.error());
    console.print(
        fmt::format("seed {}   {}   shop {}\n\n", scenario->seed, scenario->id, (*shop)->name));
    const Sweep swept = sweep(*scenario, **shop, [&](std::uint64_t done, std::uint64_t failed) {
        console.progress(fmt::format("{} tried, {} failed", done, failed));
    });
    console.clear_progress();
    print_table(swept, console);
    Keeper keeper(words.failures, *scenario, **shop);
    return keep_and_tell(
        swept.discoveries, **shop, keeper, [](const Discovery&) { return std::string("sweep"); },
        console);
}

int run_main(int count, char** arguments) {
    Words words;
    CLI::App cli("Crashes a shop wherever it waits and tries each fault wherever it can happen.",
                 "onsite sweep");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.add_option("scenario", words.scenario, "an id of the catalogue, or a file")->required();
    cli.add_option("--shop", words.shop,
                   "which shop plays it; default: the first that is expected to fail");
    cli.add_option("--failures", words.failures,
                   "the folder in which failures are kept; default: failures");
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
