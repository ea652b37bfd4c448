// onsite sweep: lets one thing go wrong at a time, everywhere.
#include "scenarios/search/sweep.hpp"

#include <set>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/cli/discoveries.hpp"
#include "scenarios/replay/catalog.hpp"

namespace onsite::scenarios {
namespace {

// "no_double_charge, paid_eventually", or "-".
std::string broken_by(const Trial& trial) {
    std::set<std::string_view> ids;
    for (const Violation& one : trial.broken) ids.insert(one.checker);
    return ids.empty() ? "-" : fmt::format("{}", fmt::join(ids, ", "));
}

void print_table(const Sweep& swept, const Console& console) {
    for (const Trial& trial : swept.trials) {
        if (!trial.has_happened) continue;
        console.print(fmt::format("  {:<36} {:<26} {}\n", harmless(trial.where, Lines::one),
                                  trial.what, broken_by(trial)));
    }
    console.print(fmt::format("\n  {} tried, {} happened, {} broke a promise\n",
                              swept.trials.size(), swept.happened, swept.failed));
}

}  // namespace

Result<int> run_sweep(const SweepWords& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto shop = choose_shop(words.shop, *scenario);
    if (!shop) return std::unexpected(shop.error());
    console.print(
        fmt::format("seed {}   {}   shop {}\n\n", scenario->seed, scenario->id, (*shop)->name));
    const Sweep swept =
        sweep(*scenario, **shop, threads_of_this_machine(),
              [&](std::uint64_t done, std::uint64_t failed) {
                  console.progress(fmt::format("{} tried, {} failed", done, failed));
              });
    console.clear_progress();
    print_table(swept, console);
    Keeper keeper(words.failures, *scenario, **shop);
    return keep_and_tell(
        swept.discoveries, **shop, keeper, [](const Discovery&) { return std::string("sweep"); },
        console);
}

}  // namespace onsite::scenarios
