// What `onsite drill` and `onsite diagnose` have in common.
#pragma once

#include <filesystem>
#include <functional>

#include "base/clock.hpp"
#include "base/console.hpp"
#include "base/error.hpp"
#include "exercises/4-idempotency/drill/drill_folder.hpp"
#include "exercises/4-idempotency/drill/drill_log.hpp"

namespace onsite::drill {

inline constexpr const char* kDrillsHelp =
    "the folder of the drills; default: $ONSITE_DRILLS, or drills in the repository";

// Where drills are when the command line does not say.
std::filesystem::path usual_drills();

// What a user's command is done with, one at a time for each folder of drills.
// Errors: those of `work`; tool, when the lock cannot be taken.
Result<int> alone(const DrillPaths& paths, const std::function<Result<int>()>& work);

}  // namespace onsite::drill
