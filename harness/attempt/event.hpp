// What happened in an attempt, one line of .onsite/log.jsonl each.
//
// The log is only ever appended to; there is no other memory of an attempt, so nothing can disagree
// with it. Form of a line: docs/reference/schemas/log-event.schema.json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"

namespace onsite {

enum class EventKind {
    started,
    hint,
    followup,
    checked,
    graded,
    solution_viewed,
    paused,
    resumed,
    sealed,
    rated
};
std::string_view to_string(EventKind kind);

// Strict: interview rules, no hints, no solution and no pause while the clock runs.
enum class Rules { practice, strict };
std::string_view to_string(Rules rules);

enum class SealReason {
    asked,     // Handed in, before the time was up or without one.
    finished,  // The candidate went on to the next section.
    time,      // The time was up.
};
std::string_view to_string(SealReason reason);

struct SealedFile {
    std::string name;
    std::string sha256;
    bool operator==(const SealedFile&) const = default;
};

inline constexpr std::int64_t kEventAtMsMax = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

// What was handed in, named by its hashes: the answer, the rubric and the clock.
struct Seal {
    SealReason reason = SealReason::asked;
    std::int64_t used_ms = 0;  // By the attempt's clock; at most allowed_ms when time is up.
    std::int64_t allowed_ms = 0;
    std::string rubric_hash;        // SHA-256 of rubric.json.
    std::vector<SealedFile> files;  // By name.
    std::vector<std::string> late;  // The names of those that were saved after the time was up.
    bool operator==(const Seal&) const = default;
};

// What a grade rests on, by its hashes; all empty in logs from before there were seals.
struct GradeProof {
    std::string verdicts_hash;
    std::string scorecard_hash;
    std::string rubric_hash;
    std::string tests_hash;        // Of the candidate's own tests.
    std::int64_t growth_rows = 0;  // The most rows that were measured: what a rerun needs to know.
    bool operator==(const GradeProof&) const = default;
};

// How a candidate sees their own work on a criterion that a person judges.
struct Rating {
    std::string criterion;
    int level = 0;
    std::string anchor;  // "reconcile.cpp:14", "case:money", "event:12" or "minute:31".
    std::string note;
    bool operator==(const Rating&) const = default;
};

// Only the members of its kind are written and read.
struct Event {
    EventKind kind = EventKind::started;
    std::int64_t at_ms = 0;  // Set by record().
    // started
    std::string exercise = {};
    std::string language = {};
    Rules rules = Rules::practice;
    std::string loop = {};        // The whole interview that it is a section of: "loop-1".
    std::int64_t allowed_ms = 0;  // 0: the minutes of the exercise.
    bool is_witnessed = false;    // False in logs from before there was a witness.jsonl.
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
    GradeProof proof = {};
    // sealed
    Seal seal = {};
    // rated
    Rating rating = {};
    bool operator==(const Event&) const = default;
};

nlohmann::json to_json(const Event& event);
Result<Event> event_from_json(const nlohmann::json& value, const std::string& where);

}  // namespace onsite
