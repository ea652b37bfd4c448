// What the schema promises, asked of the catalog of a real SQLite.
#pragma once

#include <string>

#include "base/error.hpp"
#include "exercises/2-invoicing/checks/context.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite::invoicing {

// The schema loads, and has the tables that the brief names.
Result<Verdict> schema_loads(const Context& context, const std::string& check);
// Rows point to rows that exist, and states are closed sets.
Result<Verdict> rows_belong_together(const Context& context, const std::string& check);
// Amounts are BIGINT minor units beside a currency.
Result<Verdict> money_is_exact(const Context& context, const std::string& check);
// What must not happen twice has a unique key that makes it impossible.
Result<Verdict> double_effects_are_impossible(const Context& context, const std::string& check);
// The invoices of a customer by date come from an index. The plan is shown.
Result<Verdict> list_uses_an_index(const Context& context, const std::string& check);
// Messages can be claimed, tried again and buried with all that it takes to send them once more.
Result<Verdict> outbox_can_be_worked(const Context& context, const std::string& check);

// The query whose plan is judged, with the parameters as either database writes them.
std::string list_query(bool is_postgresql);

}  // namespace onsite::invoicing
