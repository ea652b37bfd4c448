#include "scenarios/search/keep.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/format/write_scenario.hpp"
#include "scenarios/replay/replay.hpp"
#include "scenarios/replay/story.hpp"

namespace onsite::scenarios {

namespace fs = std::filesystem;

Result<void> write_scenario_file(Scenario scenario, const fs::path& file) {
    const std::string name = file.filename().string();
    if (!name.ends_with(kScenarioSuffix) || name.size() == kScenarioSuffix.size()) {
        return usage_error(
            fmt::format("expected the name of a scenario file to end in {}, found "
                        "{}",
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
