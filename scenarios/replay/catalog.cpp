#include "scenarios/replay/catalog.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/files.hpp"
#include "scenarios/checkers/checker.hpp"
#include "scenarios/format/position.hpp"
#include "scenarios/format/read_scenario.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {
namespace {

namespace fs = std::filesystem;

bool is_scenario_file(const fs::path& file) {
    return file.filename().string().ends_with(kScenarioSuffix);
}

// A word that names nothing, and where it stands.
struct UnknownWord {
    std::vector<std::string> place;
    std::string problem;
};

std::optional<UnknownWord> unknown_word_of(const Scenario& scenario) {
    const auto unknown = [](const std::vector<std::string>& checkers) {
        return std::ranges::find_if(
            checkers, [](const std::string& id) { return find_checker(id) == nullptr; });
    };
    const auto expected = [](const char* what, const std::string& found) {
        return fmt::format("expected {}, found \"{}\"", what, found);
    };
    constexpr const char* kChecker = "a checker that docs/guides/replay.md lists";
    const auto asked = unknown(scenario.checks);
    if (asked != scenario.checks.end()) return UnknownWord{{"checks"}, expected(kChecker, *asked)};
    for (const auto& [shop, broken] : scenario.expect) {
        const auto found = unknown(broken);
        if (found != broken.end()) return UnknownWord{{"expect", shop}, expected(kChecker, *found)};
        if (find_shop(shop) != nullptr) continue;
        return UnknownWord{
            {"expect", shop},
            fmt::format("expected one of these shops: {}; found \"{}\"", shop_names(), shop)};
    }
    return std::nullopt;
}

// A checker with a slip in its name would be asked nothing, and a run that is not judged passes.
Result<Scenario> load_known(const fs::path& file) {
    auto scenario = load_scenario(file);
    if (!scenario) return scenario;
    const auto word = unknown_word_of(*scenario);
    if (!word) return scenario;
    auto text = read_file(file, kScenarioBytesMax);
    if (!text) return pass_on(text);
    const Position position = position_of(*text, word->place);
    return usage_error(fmt::format("{}:{}:{}: \"{}\": {}", file.string(), position.line,
                                   position.column, word->place.front(), word->problem));
}

}  // namespace

Result<std::vector<Scenario>> load_catalog(const fs::path& folder) {
    auto entries = entries_of(folder);
    if (!entries) return pass_on(entries);
    std::vector<Scenario> all;
    for (const fs::directory_entry& entry : *entries) {
        if (!is_scenario_file(entry.path())) continue;
        auto scenario = load_known(entry.path());
        if (!scenario) return pass_on(scenario);
        all.push_back(std::move(*scenario));
    }
    if (all.empty()) {
        return usage_error(
            fmt::format("expected scenario files in {}, found none", folder.string()));
    }
    return all;
}

Result<Scenario> find_scenario(const fs::path& folder, std::string_view name) {
    if (name.find('/') != name.npos || name.ends_with(".json")) return load_known(name);
    const fs::path file = folder / (std::string(name) + std::string(kScenarioSuffix));
    if (!fs::exists(file)) {
        return usage_error(
            fmt::format("expected an id that `./onsite replay` lists or the path of a "
                        "file, found \"{}\"",
                        name));
    }
    return load_known(file);
}

}  // namespace onsite::scenarios
