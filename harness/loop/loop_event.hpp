// What happened in a whole interview, one line of attempts/loop-<n>/log.jsonl each: which section
// was begun as which attempt, and with which seal it ended.
//
// The time of a section is not told here: the attempt's own log has its clock. Each line carries
// the hash of the one before (harness/attempt/chain.hpp).
// Form of a line: docs/reference/schemas/loop-event.schema.json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "harness/attempt/event.hpp"

namespace onsite {

enum class LoopEventKind { started, section_started, section_sealed };
std::string_view to_string(LoopEventKind kind);

// A section and how long it takes, decided when the interview begins.
struct PlannedSection {
    std::string slug;
    std::int64_t allowed_ms = 0;
    bool operator==(const PlannedSection&) const = default;
};
inline constexpr std::size_t kLoopSectionsMax = 99;

// Only the members of its kind are written and read.
struct LoopEvent {
    LoopEventKind kind = LoopEventKind::started;
    std::int64_t at_ms = 0;
    // started
    Rules rules = Rules::practice;
    std::string language = {};  // Asked for; empty: each section's first one.
    std::vector<PlannedSection> sections = {};
    bool is_witnessed = false;  // False in logs from before there was a witness.jsonl.
    // section_started, section_sealed
    std::string attempt = {};  // "reconciliation-3"
    // section_started: the hash of the attempt's first line. section_sealed: its seal.
    std::string hash = {};
    bool operator==(const LoopEvent&) const = default;
};

nlohmann::json to_json(const LoopEvent& event);
// Errors: usage, naming the key.
Result<LoopEvent> loop_event_from_json(const nlohmann::json& value, const std::string& where);

}  // namespace onsite
