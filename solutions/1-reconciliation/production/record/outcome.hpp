// What the counts of a run come to: its outcome, the drift of each currency, and what somebody
// should know before they believe either.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "solutions/1-reconciliation/production/summary.hpp"

namespace onsite::reconcile {

enum class Outcome { equal, differences, rejected_rows };
// rejected_rows goes before differences: a row that could not be read may be any row.
Outcome outcome_of(const Summary& summary);
std::string_view to_string(Outcome outcome);

// The sum of the ledger's good rows less that of the bank's, for every currency of either.
std::map<std::string, Int128> drift_of(const Summary& summary);

// Why an outcome may say less than it seems to. An empty feed is right on a bank holiday, but an
// export that stopped behind its header looks the same, and two of them are equal.
struct Warning {
    std::string code;  // For machines: "bank_is_empty".
    std::string text;  // For people: "the bank has no rows; ...".
};
std::vector<Warning> warnings_of(const Summary& summary);

// Nothing was compared, because neither feed has a good row. Its outcome is still that of its
// counts.
bool is_nothing_compared(const Summary& summary);

}  // namespace onsite::reconcile
