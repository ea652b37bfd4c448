// What a run of the client shows: which promises it broke, in the order in which they broke, and
// whether shoppers see it. What a run costs is decided by the first of them (runs.hpp).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "scenarios/format/scenario.hpp"

namespace onsite::idempotency {

enum class Promise {
    keys,      // A key is never sent with another body or for another operation.
    once,      // Nobody pays twice: a new key only when the old one has a definite answer.
    outcomes,  // Each payment ends as it ends at the provider, and is paid when it can be.
    truth,     // "Paid" and "refunded" are said of money that moved.
    manners,   // Retries pause, and stop at a definite answer.
};

struct Finding {
    Promise promise = Promise::keys;
    std::int64_t line = 0;     // Of the trace.
    std::string message = {};  // One sentence.
    std::string story = {};    // The lines around it.
};

struct Judged {
    std::vector<Finding> findings = {};  // In the order in which they happened.
    // Shoppers are told "failed" of a payment that can be made: what the dashboard shows.
    std::optional<std::string> symptom = {};
    // Nobody is charged, although the reference charges somebody: whatever can go wrong with a
    // charge was not put to the test.
    bool pays_nobody = false;
};

// Judges a trace of the scenario, beside what the reference shop makes of it.
// Errors: tool, when the trace is not whole.
Result<Judged> judge_run(const scenarios::Scenario& scenario, std::string_view trace);

}  // namespace onsite::idempotency
