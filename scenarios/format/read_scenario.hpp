// Scenario files: JSON with comments in, one canonical text out.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

inline constexpr std::string_view kScenarioSuffix = ".scenario.json";
inline constexpr std::size_t kScenarioBytesMax = 4 << 20;

// `what` names the text in errors.
// Errors: usage, with line and column: no JSON, an unknown key, a value that makes no sense.
Result<Scenario> read_scenario(std::string_view text, std::string_view what);

// The same of a file, whose name must be the scenario's id and kScenarioSuffix.
Result<Scenario> load_scenario(const std::filesystem::path& file);

// One line, keys in alphabetical order, nothing that has its default: equal scenarios have equal
// texts. read_scenario() of it gives the same scenario.
std::string canonical(const Scenario& scenario);

}  // namespace onsite::scenarios
