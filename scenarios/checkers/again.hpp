// Runs that are compared with a run: its scenario, played again with something changed that should
// make no difference.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/checkers/checker.hpp"

namespace onsite::scenarios {

// How each order ended: "paid, fulfilled 1 time, charged 1999, returned 0". Not of orders that
// somebody cancels: whether that comes in time is a matter of moments.
std::map<std::string, std::string> ends_of(const RunRecord& run);

// The same shop in another scenario; nothing when the shop is none of ours, because then nobody can
// play it here.
std::optional<RunRecord> play_again(const RunRecord& run, const Scenario& other);

// The first order that ends otherwise in the other scenario, at its last line of this run. `how`
// says what is different: "when every event comes twice".
std::optional<Violation> compare_ends(const RunRecord& run, const Scenario& other,
                                      std::string_view how);

}  // namespace onsite::scenarios
