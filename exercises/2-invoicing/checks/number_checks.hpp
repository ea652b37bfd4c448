// The front matter of design.md, computed again.
#pragma once

#include <string>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

// Derived numbers may be rounded by this much.
inline constexpr int kTolerancePercent = 5;

// Requests per second, rows per day and storage follow from the load, the rows and the years.
Result<Verdict> numbers_add_up(const Context& context, const std::string& check);
// Retries are spaced, end, and end before the keys that make them safe.
Result<Verdict> retries_end(const Context& context, const std::string& check);
// Follow-up 1: the same at ten times the load, and what breaks first.
Result<Verdict> ten_times_adds_up(const Context& context, const std::string& check);

}  // namespace onsite::invoicing
