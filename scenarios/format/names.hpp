// The names that a scenario gives to orders and refunds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "scenarios/format/scenario.hpp"

namespace onsite::scenarios {

// The same scenario with other names: those of two scenarios of the catalogue are equal, and what
// somebody remembers of one run must be of no use in another.
Scenario with_names_of_its_own(Scenario scenario, std::string_view ending);

// "-mi6k2o3q0", for a run of that number: all of one length.
std::string ending_of_run(std::int64_t number);
// Whether a name may come from ending_of_run().
bool has_ending_of_a_run(std::string_view name);

}  // namespace onsite::scenarios
