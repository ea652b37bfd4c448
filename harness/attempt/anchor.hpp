// What a rating rests on: a place that anybody can look at. "reconcile.cpp:14", "case:money",
// "event:12" (a line of the log) or "minute:31" (of the section's clock).
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.hpp"
#include "harness/attempt/attempt.hpp"

namespace onsite {

// Errors: usage, when the anchor has another form or what it names is not there: a line that the
// file of the answer does not have, a check that gave no verdict in the last grade, an event that
// is not in the log, a minute that was not used. `cases` are the names of the last grade's checks.
Result<void> expect_anchor(const Attempt& attempt, std::string_view anchor,
                           std::span<const std::string> cases, std::int64_t used_ms);

}  // namespace onsite
