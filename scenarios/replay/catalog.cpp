#include "scenarios/replay/catalog.hpp"

#include <fmt/format.h>

#include "base/files.hpp"
#include "scenarios/format/read_scenario.hpp"

namespace onsite::scenarios {
namespace {

namespace fs = std::filesystem;

bool is_scenario_file(const fs::path& file) {
    return file.filename().string().ends_with(kScenarioSuffix);
}

}  // namespace

Result<std::vector<Scenario>> load_catalog(const fs::path& folder) {
    auto entries = entries_of(folder);
    if (!entries) return pass_on(entries);
    std::vector<Scenario> all;
    for (const fs::directory_entry& entry : *entries) {
        if (!is_scenario_file(entry.path())) continue;
        auto scenario = load_scenario(entry.path());
        if (!scenario) return pass_on(scenario);
        all.push_back(std::move(*scenario));
    }
    if (all.empty()) {
        return usage_error(
            fmt::format("expected scenario files in {}, found none.", folder.string()));
    }
    return all;
}

Result<Scenario> find_scenario(const fs::path& folder, std::string_view name) {
    if (name.find('/') != name.npos || name.ends_with(".json")) return load_scenario(name);
    const fs::path file = folder / (std::string(name) + std::string(kScenarioSuffix));
    if (!fs::exists(file)) {
        return usage_error(
            fmt::format("expected an id that `./onsite replay` lists or the path of a "
                        "file, found \"{}\".",
                        name));
    }
    return load_scenario(file);
}

}  // namespace onsite::scenarios
