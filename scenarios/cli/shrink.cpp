// onsite shrink: makes a failing scenario as small as its failure.
#include "scenarios/search/shrink.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/format/write_scenario.hpp"
#include "scenarios/replay/catalog.hpp"

namespace onsite::scenarios {
namespace {

// "12 faults, 2 webhook faults, 0 crashes, 4 steps"
std::string size_of(const Scenario& scenario) {
    return fmt::format("{} faults, {} webhook faults, {} crashes, {} steps", scenario.faults.size(),
                       scenario.webhook_faults.size(), scenario.crashes.size(),
                       scenario.steps.size());
}

// The id of a file that is to be written.
Result<std::string> id_of(const std::filesystem::path& file) {
    const std::string name = file.filename().string();
    if (name.ends_with(kScenarioSuffix) && name.size() > kScenarioSuffix.size()) {
        return name.substr(0, name.size() - kScenarioSuffix.size());
    }
    return usage_error(
        fmt::format("expected --output to end in {}, found {}", kScenarioSuffix, name));
}

}  // namespace

Result<int> run_shrink(const ShrinkWords& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto shop = choose_shop(words.shop, *scenario);
    if (!shop) return std::unexpected(shop.error());
    auto shrunk = shrink(*scenario, **shop, words.checker);
    if (!shrunk) return pass_on(shrunk);
    console.say(fmt::format("{} is still broken on {}: {}\n{}\nbecame {} in {} runs",
                            shrunk->violation.checker, shrunk->violation.operation,
                            shrunk->violation.message, size_of(*scenario),
                            size_of(shrunk->scenario), shrunk->runs));
    if (!words.output.empty()) {
        auto id = id_of(words.output);
        if (!id) return pass_on(id);
        shrunk->scenario.id = std::move(*id);
    }
    const std::string text = to_json(shrunk->scenario).dump(4) + '\n';
    if (words.output.empty()) {
        console.print(text);
    } else if (auto written = write_file(words.output, text); !written) {
        return pass_on(written);
    }
    return 0;
}

}  // namespace onsite::scenarios
