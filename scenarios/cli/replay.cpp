// onsite replay: plays a scenario, tells what happened, and compares it with what the scenario
// expects.
#include <fmt/format.h>

#include "base/files.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/commands.hpp"
#include "scenarios/export/export.hpp"
#include "scenarios/replay/catalog.hpp"
#include "scenarios/replay/story.hpp"

namespace onsite::scenarios {
namespace {

constexpr std::uint64_t kTraceBytesMax = 1 << 30;

// As the scenario expects of its shop; a client, of which it expects nothing, keeps every promise.
bool is_good(const Replay& replay) {
    const ShopKind* const shop = find_shop(replay.run.shop);
    const Expectation expectation =
        shop == nullptr ? Expectation::none : expectation_of(replay.run.scenario, *shop, replay);
    return expectation == Expectation::none ? verdict_of(replay) == ReplayVerdict::pass
                                            : expectation == Expectation::met;
}

// A line of --all. Gives whether all is well.
bool show_line(const Replay& replay, const Console& console) {
    const bool is_met = is_good(replay);
    console.print(fmt::format("{}  {:<34} {:<28} {}\n", is_met ? "ok  " : "FAIL",
                              replay.run.scenario.id, replay.run.shop,
                              fmt::join(broken_checkers(replay), ", ")));
    return is_met;
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

// A scenario with every shop that it says something about.
Result<bool> play_with_its_shops(const Scenario& scenario, const Console& console) {
    bool is_well = true;
    for (const auto& [name, unused] : scenario.expect) {
        const auto shop = choose_shop(name, scenario);
        if (!shop) return std::unexpected(shop.error());
        const auto played = replay(scenario, **shop);
        if (!played) return std::unexpected(played.error());
        is_well = show_line(*played, console) && is_well;
    }
    return is_well;
}

Result<bool> play_with_client(const Scenario& scenario, const PlayClient& play,
                              const Console& console) {
    const auto played = replay(scenario, play);
    if (!played) return std::unexpected(played.error());
    if (verdict_of(*played) != ReplayVerdict::inconclusive) return show_line(*played, console);
    console.print(fmt::format("open  {:<34} {}: {}\n", scenario.id, played->unmet->operation,
                              played->unmet->message));
    return true;  // It proves nothing in either way.
}

Result<PlayClient> open_client(const ReplayWords& words, const Console& console) {
    if (words.service.url.empty()) return words.open_client(words.client);
    const auto say = [&](std::string_view text) { console.say(text); };
    return open_service(words.service, *words.clock, say);
}

// The whole catalogue.
Result<int> play_all(const ReplayWords& words, const Console& console) {
    const auto catalog = load_catalog(catalog_folder());
    if (!catalog) return std::unexpected(catalog.error());
    PlayClient play;
    if (words.has_client()) {
        auto client = open_client(words, console);
        if (!client) return pass_on(client);
        play = std::move(*client);
    }
    int status = 0;
    for (const Scenario& scenario : *catalog) {
        const auto problem =
            words.service.url.empty() ? std::nullopt : why_no_service_plays(scenario);
        if (problem) {
            console.print(fmt::format("skip  {:<34} {}\n", scenario.id, *problem));
            continue;
        }
        const auto is_well = play ? play_with_client(scenario, play, console)
                                  : play_with_its_shops(scenario, console);
        if (!is_well) return std::unexpected(is_well.error());
        if (!*is_well) status = kExitOther;
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
    const Replay replay = judged(std::move(*run));
    if (auto written = write_exports(words, replay); !written) return pass_on(written);
    show(words, console, replay, replay.run.scenario.id);
    return verdict_of(replay) == ReplayVerdict::pass ? 0 : kExitOther;
}

Result<Replay> play(const ReplayWords& words, const Scenario& scenario, const Console& console) {
    if (!words.has_client()) {
        const auto shop = choose_shop(words.shop, scenario);
        if (!shop) return std::unexpected(shop.error());
        return replay(scenario, **shop);
    }
    const auto client = open_client(words, console);
    if (!client) return std::unexpected(client.error());
    auto played = replay(scenario, *client);
    if (played) played->client = words.client.empty() ? words.service.url : words.client;
    return played;
}

Result<int> play_one(const ReplayWords& words, const Console& console) {
    const auto scenario = find_scenario(catalog_folder(), words.scenario);
    if (!scenario) return std::unexpected(scenario.error());
    const auto played = play(words, *scenario, console);
    if (!played) return std::unexpected(played.error());
    if (!words.trace_file.empty()) {
        if (auto written = write_file(words.trace_file, played->played.trace); !written) {
            return pass_on(written);
        }
    }
    if (auto written = write_exports(words, *played); !written) return pass_on(written);
    show(words, console, *played, words.scenario);
    return is_good(*played) ? 0 : kExitOther;
}

}  // namespace

Result<int> run_replay(const ReplayWords& words, const Console& console) {
    if (!words.judged_file.empty()) return judge_file(words, console);
    if (words.plays_all) return play_all(words, console);
    if (!words.scenario.empty()) return play_one(words, console);
    if (!words.has_client()) return list(console);
    return usage_error("expected a scenario, or --all, for the client to play; found neither");
}

}  // namespace onsite::scenarios
