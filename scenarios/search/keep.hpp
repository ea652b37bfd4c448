// Found failures on disk: what somebody needs to see one again, and to understand it.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "scenarios/search/explore.hpp"
#include "scenarios/search/shrink.hpp"

namespace onsite::scenarios {

inline constexpr std::string_view kOriginalFile = "original.scenario.json";
inline constexpr std::string_view kResolvedFile = "resolved.scenario.json";
inline constexpr std::string_view kShrunkFile = "shrunk.scenario.json";

struct Kept {
    std::filesystem::path folder = {};
    Shrunk shrunk = {};
};

// A scenario as a file of that name: that is its id then.
Result<void> write_scenario_file(Scenario scenario, const std::filesystem::path& file);

// Each failure becomes a folder <id>-<label>-<checker>: the original, the resolved and the shrunk
// scenario, and of the last trace.jsonl, result.json and story.txt. What an earlier search left
// under the same name is replaced. REQUIRES: all arguments outlive it.
class Keeper {
public:
    Keeper(std::filesystem::path root, const Scenario& original, const ShopKind& shop)
        : root_(std::move(root)), original_(original), shop_(shop) {}

    // `label`: how it was found: a seed, or "sweep".
    // Errors: tool.
    Result<Kept> keep(const Discovery& discovery, std::string_view label);

private:
    std::filesystem::path folder_for(const Discovery& discovery, std::string_view label);

    std::filesystem::path root_;
    const Scenario& original_;
    const ShopKind& shop_;
    std::set<std::string> used_ = {};
};

}  // namespace onsite::scenarios
