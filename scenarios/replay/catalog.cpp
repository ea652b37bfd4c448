#include "scenarios/replay/catalog.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/format/read_scenario.hpp"

namespace onsite::scenarios {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    std::error_code unreadable;
    for (const auto& entry : fs::directory_iterator(folder, unreadable)) {
        if (entry.path().filename().string().ends_with(kScenarioSuffix)) {
            files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    return files;
}

}  // namespace

Result<std::vector<Scenario>> load_catalog(const fs::path& folder) {
    std::vector<Scenario> all;
    for (const fs::path& file : files_in(folder)) {
        auto scenario = load_scenario(file);
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
            fmt::format("expected an id that `onsite replay` lists or the path of a "
                        "file, found \"{}\".",
                        name));
    }
    return load_scenario(file);
}

}  // namespace onsite::scenarios
