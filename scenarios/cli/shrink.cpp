// The command line of onsite-shrink: makes a failing scenario as small as its failure.
#include "scenarios/search/shrink.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/format/write_scenario.hpp"
#include "scenarios/replay/catalog.hpp"

namespace onsite::scenarios {
namespace {

constexpr const char* kFooter = R"(
Prints the small scenario, or writes it to --output, whose name must end in .scenario.json. The same
promise is broken on the same operation, and no fault, crash or step that is left can be removed.

Exit status: 0 it is small now, 2 a word or a file is wrong, or the shop breaks no such promise,
3 the program failed.

Examples:
  onsite shrink key-older-than-a-day
  onsite shrink mine.scenario.json --shop fresh-key-per-attempt --checker no_double_charge
  onsite shrink mine.scenario.json --output small.scenario.json)";

struct Words {
    std::string scenario = {};
    std::string shop = {};
    std::string checker = {};
    std::string output = {};
};

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
        fmt::format("expected --output to end in {}, found {}.", kScenarioSuffix, name));
}

Result<int> run(const Words& words, const Console& console) {
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

int run_main(int count, char** arguments) {
    Words words;
    CLI::App cli("Makes a failing scenario as small as its failure.", "onsite shrink");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.add_option("scenario", words.scenario, "an id of the catalogue, or a file")->required();
    cli.add_option("--shop", words.shop,
                   "which shop fails; default: the first that is expected to");
    cli.add_option("--checker", words.checker, "which promise; default: the first that is broken");
    cli.add_option("--output", words.output, "write the small scenario to this file");
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
