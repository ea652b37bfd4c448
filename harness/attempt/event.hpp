// What happened in an attempt, one line of .onsite/log.jsonl each, and the state that follows.
//
// The log is only ever appended to; there is no other memory of an attempt, so nothing can disagree
// with it. Form of a line: docs/reference/schemas/log-event.schema.json.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"

namespace onsite {

enum class EventKind { started, hint, followup, checked, graded, solution_viewed };
std::string_view to_string(EventKind kind);

// Strict: interview rules, no hints and no solution while the clock runs.
enum class Rules { practice, strict };
std::string_view to_string(Rules rules);

// Only the members of its kind are written and read.
struct Event {
    EventKind kind = EventKind::started;
    std::int64_t at_ms = 0;  // Set by record().
    // started
    std::string exercise = {};
    std::string language = {};
    Rules rules = Rules::practice;
    // hint, followup, graded: 1, 2, 3, ... in this attempt.
    int number = 0;
    // checked, graded: SHA-256 of the answer that was judged.
    std::string content_hash = {};
    // checked: how many of the checks that ran passed.
    int passed = 0;
    int checks = 0;
    // graded
    int earned = 0;
    int judged = 0;
    bool is_grade = false;
    bool operator==(const Event&) const = default;
};

nlohmann::json to_json(const Event& event);
Result<Event> event_from_json(const nlohmann::json& value, const std::string& where);

struct Score {
    int earned = 0;
    int judged = 0;
    bool operator==(const Score&) const = default;
};

// The fold over the log.
struct AttemptState {
    std::string exercise;
    std::string language;
    Rules rules = Rules::practice;
    std::int64_t started_at_ms = 0;
    std::int64_t last_event_ms = 0;
    int hints_used = 0;
    int followups_revealed = 0;
    int checks = 0;
    int grades = 0;
    std::optional<Score> best;  // Of the grades that were run isolated.
    bool is_solution_viewed = false;
    bool operator==(const AttemptState&) const = default;
};

// The state after one more event; `before` is empty for the first.
// Errors: usage, when the event cannot follow ("expected hint 2, found hint 4").
Result<AttemptState> next_state(const std::optional<AttemptState>& before, const Event& event);

}  // namespace onsite
