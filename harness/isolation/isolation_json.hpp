// An IsolationReport as data: part of every scorecard and of what a check program answers.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "harness/isolation/limits.hpp"

namespace onsite {

nlohmann::json to_json(const IsolationReport& report);

// Errors: usage, with the key that is missing, unknown or has a word that is no layer or level.
Result<IsolationReport> isolation_from_json(const nlohmann::json& value, const std::string& where);

}  // namespace onsite
