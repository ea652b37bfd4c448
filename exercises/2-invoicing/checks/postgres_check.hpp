// The same schema in a real PostgreSQL.
#pragma once

#include <string>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

// For all statements together.
inline constexpr std::int64_t kPostgresLoadMs = 30'000;

// PostgreSQL loads the schema and makes the same tables of it, and where SQLite takes the list of a
// customer's invoices from an index, so does PostgreSQL. The plan is shown. Inconclusive when
// PostgreSQL is not installed.
Result<Verdict> holds_in_postgresql(const Context& context, const std::string& check);

}  // namespace onsite::invoicing
