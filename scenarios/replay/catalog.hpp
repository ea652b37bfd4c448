// The scenario files that come with Onsite.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// Every scenario of a folder, in the order of their ids.
// Errors: usage, of the first file that is none.
Result<std::vector<Scenario>> load_catalog(const std::filesystem::path& folder);

// By what a user calls it: the id of one in the folder, or the path of a file.
// Errors: usage.
Result<Scenario> find_scenario(const std::filesystem::path& folder, std::string_view name);

}  // namespace onsite::scenarios
