// An answer as a sorted list of findings: equal lists are equal answers, whatever their order was.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/1-reconciliation/contract/reconcile.hpp"

namespace onsite::reconciliation {

enum class FindingKind { unmatched, discrepancy, rejected };

struct Finding {
    FindingKind kind = FindingKind::unmatched;
    Side side = Side::ledger;  // Of an unmatched transaction and of a rejected row.
    // An unmatched transaction is in the one of its side; a discrepancy has both.
    Transaction ledger;
    Transaction bank;
    bool amount_differs = false;
    bool currency_differs = false;
    std::uint64_t row = 0;
    RejectReason reason = RejectReason::wrong_field_count;

    bool operator==(const Finding&) const = default;
};

Finding unmatched(Side side, Transaction transaction);
// What differs follows from the two.
Finding discrepancy(Transaction ledger, Transaction bank);
Finding rejected(Side side, std::uint64_t row, RejectReason reason);

// The id that a finding is about; empty for a rejected row.
const std::string& id_of(const Finding& finding);

// Sorted, so that == compares answers as multisets.
using Findings = std::vector<Finding>;

// The ids that are named; they live as long as the findings.
std::set<std::string_view> ids_in(const Findings& findings);

Findings findings_of(const Reconciliation& answer);
Findings sorted(Findings findings);
// REQUIRES: both sorted.
Findings joined(const Findings& some, const Findings& more);
// What the answer must be when the two feeds are exchanged.
Findings mirrored(Findings findings);

// What an answer lacks and what it has too much. REQUIRES: both sorted.
struct Difference {
    Findings missing;
    Findings extra;
    bool is_none() const { return missing.empty() && extra.empty(); }
};
Difference difference(const Findings& expected, const Findings& found);

// The spelling on the wire.
std::string_view to_string(Side side);
std::string_view to_string(RejectReason reason);

}  // namespace onsite::reconciliation
