// A candidate's answers about a drill. They are events of its log, and the diagnosis is a fold over
// the log: nothing else is kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "base/json.hpp"

namespace onsite::drill {

inline constexpr std::size_t kBecauseBytesMax = 4000;
inline constexpr std::size_t kPlaceBytesMax = 100;
inline constexpr std::size_t kAffectedMax = 10'000;

struct Diagnosis {
    std::optional<bool> is_violated = {};
    std::string invariant = {};  // A checker, when something is violated.
    std::string at = {};         // "e1234" or "req_...".
    std::string component = {};
    std::string because = {};  // Locked once it is given.
    std::string cause = {};
    std::optional<std::set<std::string>> affected = {};  // Orders.
    std::string alert = {};
    bool is_graded = false;
    std::int64_t started_ms = 0;
    std::map<std::string, std::int64_t> answered_ms = {};  // By step: when it was last answered.
    std::int64_t commands = 0;                             // Looks at the logs.
    std::int64_t hints = 0;  // Taken in the attempt that the patched client is from.
    std::optional<std::int64_t> first_points = {};  // Of the first grade, which shows the answer.
};

Diagnosis fold(std::span<const Json> entries);

// ---- Answers: the entry for the log ----
// Errors of all: usage, in one sentence, and when the drill is graded already.
Result<Json> answer_violated(const Diagnosis& so_far, std::string_view yes_or_no,
                             const std::string& invariant);
Result<Json> answer_at(const Diagnosis& so_far, const std::string& place,
                       const std::string& component);
// Only once.
Result<Json> answer_because(const Diagnosis& so_far, const std::string& text);
// Only after because.
Result<Json> answer_cause(const Diagnosis& so_far, const std::string& cause);
// Names of orders, or of their operations ("order-17.pay").
Result<Json> answer_affected(const Diagnosis& so_far, const std::set<std::string>& orders);
Result<Json> answer_alert(const Diagnosis& so_far, const std::string& alert);

// What is answered and what is open, with the command for the next step.
std::string status_text(std::string_view drill, const Diagnosis& diagnosis);

}  // namespace onsite::drill
