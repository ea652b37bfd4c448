// What a person says about an attempt: a level for each criterion with what it rests on, and
// whether to hire. Nothing but a person ever gives a hire signal.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace onsite {

struct PersonRating {
    std::string reviewer;
    int level = 1;                     // 1 to 4.
    std::vector<std::string> anchors;  // "reconcile.cpp:14", "case:edge_feeds", "event:3".
    std::string comment;
    bool is_revote = false;  // Given when the others' ratings were known.
    bool operator==(const PersonRating&) const = default;
};

enum class HireSignal { strong_no, no, yes, strong_yes };
std::string_view to_string(HireSignal signal);
std::optional<HireSignal> hire_signal_from(std::string_view word);

struct Signal {
    std::string reviewer;
    HireSignal signal = HireSignal::no;
    std::string because;
    bool operator==(const Signal&) const = default;
};

// Everything that one reviewer says about one attempt.
struct Ballot {
    std::string reviewer;
    std::map<std::string, PersonRating> ratings;  // By the id of the criterion.
    std::optional<Signal> signal;
    bool operator==(const Ballot&) const = default;
};

// A stretch of an attempt, from one event to the next that counts.
struct TimedPart {
    std::string name;  // "the brief", "follow-up 1"
    std::int64_t duration_ms = 0;
    bool operator==(const TimedPart&) const = default;
};

}  // namespace onsite
