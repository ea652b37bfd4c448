// Where a whole interview stands: the fold over its log. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/loop/loop_event.hpp"

namespace onsite {

struct LoopSection {
    std::string slug;
    std::int64_t allowed_ms = 0;
    std::string attempt;     // Empty: not begun.
    std::string first_line;  // The hash of the attempt's first line.
    std::string seal;        // Empty: not ended.
    bool operator==(const LoopSection&) const = default;
};

struct LoopState {
    Rules rules = Rules::practice;
    std::string language;
    bool is_witnessed = false;  // There has to be a witness.jsonl beside the log.
    std::int64_t started_at_ms = 0;
    std::int64_t last_event_ms = 0;
    std::int64_t set_back_ms = 0;  // How far the machine's clock went back between events, in all.
    std::vector<LoopSection> sections;

    // The section that runs, or the one that is to begin; sections.size() when all have ended.
    std::size_t current() const;
    bool is_finished() const { return current() == sections.size(); }
    bool operator==(const LoopState&) const = default;
};

// The state after one more event; `before` is empty for the first.
// Errors: usage, when the event cannot follow: a section is begun and ended once, in order.
Result<LoopState> next_loop_state(const std::optional<LoopState>& before, const LoopEvent& event);

}  // namespace onsite
