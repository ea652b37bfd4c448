// Where an attempt stands: the fold over the events of its log. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/attempt/event.hpp"

namespace onsite {

struct Score {
    int earned = 0;
    int judged = 0;
    bool operator==(const Score&) const = default;
};

// More points; of the same points, the one where less stayed open. Anything is better than none.
bool is_better(const Score& score, const std::optional<Score>& than);

struct AttemptState {
    std::string exercise;
    std::string language;
    Rules rules = Rules::practice;
    std::string loop;             // The whole interview that it is a section of; else empty.
    std::int64_t allowed_ms = 0;  // 0: the minutes of the exercise.
    bool is_witnessed = false;    // There has to be a witness.jsonl beside the log.
    std::int64_t started_at_ms = 0;
    std::int64_t last_event_ms = 0;
    // The clock, up to the last event: the time between events, without pauses. Where an event is
    // earlier than the one before, somebody set the machine's clock back: that time is named, and
    // neither counted nor taken away.
    std::int64_t used_ms = 0;
    std::int64_t set_back_ms = 0;
    bool is_paused = false;
    int hints_used = 0;
    int followups_revealed = 0;
    int checks = 0;
    int grades = 0;
    std::optional<Score> best;  // Of the grades that were run isolated.
    int best_grade = 0;         // Its number.
    std::optional<Score> latest;
    bool is_solution_viewed = false;
    std::optional<Seal> seal;
    std::vector<Rating> ratings;  // The last of each criterion, by the order of the first.

    bool is_running() const { return !is_paused && !seal; }
    bool operator==(const AttemptState&) const = default;
};

// What the attempt's clock shows at this moment of the machine's clock.
std::int64_t used_ms_at(const AttemptState& state, std::int64_t now_ms);

// The state after one more event; `before` is empty for the first.
// Errors: usage, when the event cannot follow ("expected hint 2, found hint 4"): what is sealed can
// only be graded, rated and compared, and a strict attempt has no pauses.
Result<AttemptState> next_state(const std::optional<AttemptState>& before, const Event& event);

}  // namespace onsite
