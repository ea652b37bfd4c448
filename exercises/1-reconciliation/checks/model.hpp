// The right answer, found in the plainest way: what a subject is compared with.
//
// tests/property shows that it agrees with the words of the contract taken literally.
#pragma once

#include <optional>
#include <vector>

#include "exercises/1-reconciliation/checks/question.hpp"
#include "exercises/1-reconciliation/contract/reconcile.hpp"

namespace onsite::reconciliation {

// REQUIRES: ids are unique within each feed. Complexity: O((n + m) log n).
Reconciliation model_reconcile(const Feeds& feeds);

// The same for rows as they stand in feeds; with good and unique rows it is model_reconcile.
Reconciliation model_reconcile_feeds(const std::vector<Row>& ledger, const std::vector<Row>& bank);

// What is wrong with a row by itself: every reason but duplicate_id. Nothing for a good row.
std::optional<RejectReason> fault_of(const Row& row);

// REQUIRES: the row has no fault.
Transaction to_transaction(const Row& row);

}  // namespace onsite::reconciliation
