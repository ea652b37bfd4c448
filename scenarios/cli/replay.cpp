// The command line of onsite-replay: plays a scenario, tells what happened, and compares it with
// what the scenario expects.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/files.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/export/export.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/replay/story.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::uint64_t kTraceBytesMax = 1 << 30;

constexpr const char* kFooter = R"(
Without a scenario it lists the catalogue. Without --shop it plays the first shop that the scenario
expects to fail, or the reference when there is none. Every run is made twice and compared.

Exit status: 0 as the scenario expects (or, when it expects nothing of the shop, no promise is
broken), 1 otherwise, 2 a word or a file is wrong, 3 the program failed.

Examples:
  onsite replay
  onsite replay lost-response-fresh-key
  onsite replay lost-response-fresh-key --shop reference --trace trace.jsonl
  onsite replay lost-response-fresh-key --html sequence.html
  onsite replay --all)";

struct Words {
    std::string scenario = {};
    std::string shop = {};
    std::string trace_file = {};
    std::string judged_file = {};
    std::string har_file = {};
    std::string otlp_file = {};
    std::string html_file = {};
    bool is_json = false;
    bool plays_all = false;
};

bool is_good(const Replay& replay, const ShopKind& shop) {
    const Expectation expectation = expectation_of(replay.run.scenario, shop, replay);
    return expectation == Expectation::none ? replay.violations.empty()
                                            : expectation == Expectation::met;
}

Result<int> list(const Console& console) {
    const auto catalog = load_catalog(catalog_folder());
    if (!catalog) return std::unexpected(catalog.error());
    for (const Scenario& scenario : *catalog) {
        std::string failing;
        for (const auto& [shop, broken] : scenario.expect) {
            if (!broken.empty()) failing += fmt::format("{}{}", failing.empty() ? "" : ", ", shop);
        }
        console.print(fmt::format("{:<34} {}\n", scenario.id, failing));
    }
    return 0;
}

// Every scenario of the catalogue with every shop that it says something about.
Result<int> play_all(const Console& console) {
    const auto catalog = load_catalog(catalog_folder());
    if (!catalog) return std::unexpected(catalog.error());
    int status = 0;
    for (const Scenario& scenario : *catalog) {
        for (const auto& [name, unused] : scenario.expect) {
            const auto shop = choose_shop(name, scenario);
            if (!shop) return std::unexpected(shop.error());
            const auto played = replay(scenario, **shop);
            if (!played) return std::unexpected(played.error());
            const bool is_met = is_good(*played, **shop);
            if (!is_met) status = kExitOther;
            console.print(fmt::format("{}  {:<34} {:<28} {}\n", is_met ? "ok  " : "FAIL",
                                      scenario.id, name,
                                      fmt::join(broken_checkers(*played), ", ")));
        }
    }
    return status;
}

void show(const Words& words, const Console& console, const Replay& replay, std::string_view name) {
    console.print(words.is_json ? result_of(replay) : story_of(replay, name));
}

// The exports that were asked for.
Result<void> write_exports(const Words& words, const Replay& replay) {
    Result<void> done;
    const auto write = [&](const std::string& file, const auto& make) {
        if (done && !file.empty()) done = write_file(file, make());
    };
    write(words.har_file, [&] { return har_of(replay.run); });
    write(words.otlp_file, [&] { return otlp_of(replay.run); });
    write(words.html_file, [&] { return sequence_page_of(replay.run, replay.violations); });
    return done;
}

// An old trace, judged again without playing it.
Result<int> judge_file(const Words& words, const Console& console) {
    auto text = read_file(words.judged_file, kTraceBytesMax);
    if (!text) return pass_on(text);
    auto run = read_trace(*text);
    if (!run) return pass_on(run);
    Replay judged;
    judged.run = std::move(*run);
    judged.violations = judge(judged.run);
    if (auto written = write_exports(words, judged); !written) return pass_on(written);
    show(words, console, judged, judged.run.scenario.id);
    return judged.violations.empty() ? 0 : kExitOther;
}

Result<int> play_one(const Words& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto shop = choose_shop(words.shop, *scenario);
    if (!shop) return std::unexpected(shop.error());
    const auto played = replay(*scenario, **shop);
    if (!played) return std::unexpected(played.error());
    if (!words.trace_file.empty()) {
        if (auto written = write_file(words.trace_file, played->played.trace); !written) {
            return pass_on(written);
        }
    }
    if (auto written = write_exports(words, *played); !written) return pass_on(written);
    show(words, console, *played, words.scenario);
    return is_good(*played, **shop) ? 0 : kExitOther;
}

Result<int> run(const Words& words, const Console& console) {
    if (!words.judged_file.empty()) return judge_file(words, console);
    if (words.plays_all) return play_all(console);
    return words.scenario.empty() ? list(console) : play_one(words, console);
}

int run_main(int count, char** arguments) {
    Words words;
    CLI::App cli("Plays a failure scenario and judges what happened.", "onsite replay");
    cli.footer(kFooter);
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.add_option("scenario", words.scenario, "an id of the catalogue, or a file");
    cli.add_option("--shop", words.shop, "which shop plays it: reference, or one with a defect");
    cli.add_option("--trace", words.trace_file, "write the trace to this file");
    cli.add_option("--judge", words.judged_file, "judge the trace in this file; play nothing");
    cli.add_option("--har", words.har_file, "write the requests to this file, as HAR 1.2");
    cli.add_option("--otlp", words.otlp_file, "write the run to this file, as OTLP/JSON spans");
    cli.add_option("--html", words.html_file, "write a sequence diagram to this file, as a page");
    cli.add_flag("--json", words.is_json, "the result as one JSON object");
    cli.add_flag("--all", words.plays_all, "play the whole catalogue, a line for each run");
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
