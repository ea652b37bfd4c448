// A scenario as JSON, without what has its default.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "base/json.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// Keys in alphabetical order, as nlohmann's objects have them.
Json to_json(const Scenario& scenario);

}  // namespace onsite::scenarios
