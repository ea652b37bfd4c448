// The words of a schema, as SQLite and PostgreSQL both read them; sql_text.hpp says what is let
// through.
#pragma once

#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/sql_text.hpp"

namespace onsite::invoicing {

// The statements between semicolons, those without a word left out.
// Errors: usage, where the two databases would not read the same. Complexity: O(bytes).
Result<std::vector<SqlStatement>> lex_sql(std::string_view text);

}  // namespace onsite::invoicing
