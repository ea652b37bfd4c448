// What really happened in an incident: which promises are broken, for which orders, and at which
// lines. Decided by the checkers of scenarios, which read the trace and nothing else.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "exercises/4-idempotency/drill/evidence.hpp"

namespace onsite::drill {

struct Truth {
    std::set<std::string> broken = {};  // Ids of checkers.
    // Affected order -> the first line of each promise that is broken for it.
    std::map<std::string, std::set<std::int64_t>> affected = {};

    bool is_violated() const { return !broken.empty(); }
};

// Judges each order by itself, together with those that share a key with it: so every affected
// order is found, where a checker alone stops at the first one.
// Complexity: O(lines * log lines) for few orders with shared keys.
Truth find_truth(const Evidence& evidence);

}  // namespace onsite::drill
