// Two texts beside each other in a terminal, by the program diff.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.hpp"
#include "harness/cli/app.hpp"

namespace onsite {

// Errors: tool, when diff is not installed or cannot read a file.
Result<void> print_side_by_side(const App& app, const std::filesystem::path& left,
                                const std::filesystem::path& right);

// The same for texts that somebody else wrote: shown escaped, and only their lines are compared.
Result<void> print_texts_side_by_side(const App& app, const std::string& left,
                                      const std::string& right);

}  // namespace onsite
