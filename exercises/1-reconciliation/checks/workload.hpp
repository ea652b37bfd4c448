// Two large feeds of which the right answer is known by the way they are made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "exercises/1-reconciliation/checks/findings.hpp"
#include "exercises/1-reconciliation/checks/search.hpp"

namespace onsite::reconciliation {

struct WorkloadSpec {
    std::size_t rows = 0;       // Of each feed.
    std::size_t id_bytes = 16;  // At least 16.
    std::uint64_t seed = 0;
    Discrepancies discrepancies = Discrepancies::none;
    bool has_matches = true;
};

// 98 of 100 transactions are in both feeds (one of them with another amount, when discrepancies are
// wanted), one is in the ledger only and one in the bank only; without matches all of them are in
// one feed only. The bank is in another order.
struct Workload {
    std::string ledger;  // Rows as JSON, joined with the separator.
    std::string bank;
    Findings truth;
};

// Complexity: O(rows). The same spec gives the same feeds.
Workload make_workload(const WorkloadSpec& spec, char separator);

// How much of what differs an answer has found, in percent.
std::size_t percent_found(const Findings& truth, const Findings& found);

// Whether an answer shows that the work was done: at least 40 % of what differs, and not nearly
// everything. Called with the subject's answer, right or wrong.
bool shows_work(const Findings& truth, const Findings& found);

}  // namespace onsite::reconciliation
