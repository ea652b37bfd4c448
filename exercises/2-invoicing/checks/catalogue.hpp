// The ids of the failure scenarios, as they were when this was built (scenarios/catalog), and the
// families that a plan for failures has to speak of. Nothing of the simulator is linked.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace onsite::invoicing {

// Sorted. CMakeLists.txt makes the function.
std::span<const std::string_view> scenario_ids();

struct Family {
    std::string_view name;  // "an answer that never arrives"
    std::vector<std::string_view> scenarios;
};

const std::vector<Family>& scenario_families();

}  // namespace onsite::invoicing
