// What the commands about scenarios have in common: where the catalogue is, which shop is meant,
// how a command ends.
#pragma once

#include <filesystem>
#include <string>

#include "base/console.hpp"
#include "base/error.hpp"
#include "scenarios/format/scenario.hpp"
#include "scenarios/shops/shops.hpp"

namespace onsite::scenarios {

inline constexpr int kExitOther = 1;  // Not as the scenario expects.

// That of the repository that the program was built from.
std::filesystem::path catalog_folder();

// The shop of that name; for an empty one the first that the scenario expects to fail, and the
// reference when it expects that of none.
// Errors: usage, with the names that there are.
Result<const ShopKind*> choose_shop(std::string name, const Scenario& scenario);

// The exit status, after an error was printed.
int exit_status_of(const Result<int>& result, const Console& console);

}  // namespace onsite::scenarios
