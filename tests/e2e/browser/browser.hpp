// Looks at a page in Debian's Chromium, without a network, as its readers do.
#pragma once

#include <string>

#include "tests/support/command.hpp"

namespace onsite::testing {

// Status 0 when nothing is wrong, 1 with a line for each thing that is (look.mjs says what is
// looked at), 3 when there is no browser. The page and its pictures stay in
// build/<preset>/artefacts/<name>. `kind`: "timeline", or nothing for what every page must be.
CommandResult look_at(const std::string& page, const std::string& name,
                      const std::string& kind = "");

}  // namespace onsite::testing
