#include "scenarios/search/keep.hpp"

#include <functional>
#include <system_error>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/format/write_scenario.hpp"
#include "scenarios/replay/replay.hpp"
#include "scenarios/replay/story.hpp"

namespace onsite::scenarios {

namespace fs = std::filesystem;

namespace {

std::unexpected<Error> cannot(std::string_view doing, const fs::path& folder,
                              const std::error_code& problem) {
    return tool_error(
        fmt::format("could not {} the folder {}: {}.", doing, folder.string(), problem.message()));
}

// Fills a hidden folder beside it, which then takes its name: nobody finds half of a failure, and
// what was kept before is there until the new one is whole. Errors: tool.
Result<void> write_folder(const fs::path& folder,
                          const std::function<Result<void>(const fs::path&)>& fill) {
    const fs::path unfinished =
        folder.parent_path() / fmt::format(".{}.unfinished", folder.filename().string());
    std::error_code problem;
    fs::remove_all(unfinished, problem);  // Of a search that was killed.
    fs::create_directories(unfinished, problem);
    if (problem) return cannot("make", unfinished, problem);
    auto filled = fill(unfinished);
    if (filled) {
        fs::remove_all(folder, problem);
        if (!problem) fs::rename(unfinished, folder, problem);
        if (!problem) return {};
        filled = cannot("replace", folder, problem);
    }
    std::error_code ignored;  // The first error is the one to tell.
    fs::remove_all(unfinished, ignored);
    return filled;
}

}  // namespace

Result<void> write_scenario_file(Scenario scenario, const fs::path& file) {
    const std::string name = file.filename().string();
    if (!name.ends_with(kScenarioSuffix) || name.size() == kScenarioSuffix.size()) {
        return usage_error(
            fmt::format("expected the name of a scenario file to end in {}, found "
                        "{}.",
                        kScenarioSuffix, name));
    }
    scenario.id = name.substr(0, name.size() - kScenarioSuffix.size());
    return write_file(file, to_json(scenario).dump(4) + '\n');
}

fs::path Keeper::folder_for(const Discovery& discovery, std::string_view label) {
    const std::string name =
        fmt::format("{}-{}-{}", original_.id, label, discovery.violation.checker);
    std::string unused = name;
    for (int i = 2; !used_.insert(unused).second; ++i) unused = fmt::format("{}-{}", name, i);
    return root_ / unused;
}

Result<Kept> Keeper::keep(const Discovery& discovery, std::string_view label) {
    Kept kept{.folder = folder_for(discovery, label)};
    auto shrunk = shrink(discovery.scenario, shop_, discovery.violation);
    if (!shrunk) return pass_on(shrunk);
    kept.shrunk = std::move(*shrunk);
    kept.shrunk.scenario.id = "shrunk";
    const auto played = replay(kept.shrunk.scenario, shop_);
    if (!played) return std::unexpected(played.error());
    const auto fill = [&](const fs::path& folder) {
        Result<void> done = write_scenario_file(original_, folder / kOriginalFile);
        if (done) done = write_scenario_file(discovery.scenario, folder / kResolvedFile);
        if (done) done = write_scenario_file(kept.shrunk.scenario, folder / kShrunkFile);
        if (done) done = write_file(folder / "trace.jsonl", played->played.trace);
        if (done) done = write_file(folder / "result.json", result_of(*played));
        const std::string shown_as = (kept.folder / kShrunkFile).string();
        if (done) done = write_file(folder / "story.txt", story_of(*played, shown_as));
        return done;
    };
    if (auto done = write_folder(kept.folder, fill); !done) return pass_on(done);
    return kept;
}

}  // namespace onsite::scenarios
