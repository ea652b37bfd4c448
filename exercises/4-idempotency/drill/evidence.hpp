// One incident, played: its trace, and for each line what it belongs to. Everything else about an
// incident (logs, metrics, answer) is read from this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "exercises/4-idempotency/drill/recipe.hpp"
#include "scenarios/trace/run_record.hpp"

namespace onsite::drill {

inline constexpr std::int64_t kNoLine = -1;
// What the provider says when a key comes with another body or path, and while its first request
// still runs. Source: docs.stripe.com/api/errors, docs.stripe.com/error-low-level.
inline constexpr std::string_view kKeyReused = "idempotency_error";
inline constexpr std::string_view kKeyInUse = "idempotency_key_in_use";

// All vectors have an entry for each line of the trace.
struct Evidence {
    scenarios::RunRecord run = {};
    std::vector<std::string> order = {};      // "order-17"; empty: of no order.
    std::vector<std::int64_t> request = {};   // The line `req` that it is a part of, or kNoLine.
    std::vector<std::int64_t> sent = {};      // The line `send` of that, or kNoLine.
    std::vector<std::string_view> code = {};  // Of an error, on lines `reply` and `answer`.

    const scenarios::TraceEvent* line(std::int64_t number) const {
        return number == kNoLine ? nullptr : &run.events[static_cast<std::size_t>(number)];
    }
};

// Complexity: O(lines * log lines).
Evidence collect(scenarios::RunRecord run);

// Plays the recipe. Errors: tool, when the trace is not whole, which is a bug of ours.
Result<Evidence> play_incident(const Recipe& recipe, std::uint64_t seed);

}  // namespace onsite::drill
