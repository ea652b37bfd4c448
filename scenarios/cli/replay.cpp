// onsite replay: plays a scenario, tells what happened, and compares it with what the scenario
// expects.
#include <fmt/format.h>

#include "base/files.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/export/export.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/replay/story.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::uint64_t kTraceBytesMax = 1 << 30;

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

void show(const ReplayWords& words, const Console& console, const Replay& replay,
          std::string_view name) {
    console.print(words.is_json ? result_of(replay) : story_of(replay, name));
}

// The exports that were asked for.
Result<void> write_exports(const ReplayWords& words, const Replay& replay) {
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
Result<int> judge_file(const ReplayWords& words, const Console& console) {
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

Result<int> play_one(const ReplayWords& words, const Console& console) {
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

}  // namespace

Result<int> run_replay(const ReplayWords& words, const Console& console) {
    if (!words.judged_file.empty()) return judge_file(words, console);
    if (words.plays_all) return play_all(console);
    return words.scenario.empty() ? list(console) : play_one(words, console);
}

}  // namespace onsite::scenarios
