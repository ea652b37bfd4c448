// The lives that a declared machine is put through: cases.json, each a list of events with what the
// subscription must be and do after them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "exercises/3-subscriptions/checks/machine.hpp"

namespace onsite::subscriptions {

inline constexpr std::size_t kLivesMax = 200;
inline constexpr std::size_t kStepsMax = 50;

// What holds after a step. Where a product may choose (canceled or unpaid when the retries are
// used up), several states are right, and what follows is expected by the state that was chosen.
struct Expectation {
    std::string from;                 // Only when the machine was in this state; empty: always.
    std::vector<std::string> states;  // One of these; empty: any.
    std::vector<std::string> does;    // All of these effects.
    std::vector<std::string> does_one_of;  // At least one of them; empty: none is asked for.
    std::vector<std::string> does_not;
    bool is_nothing = false;  // No effect, and the state stays.
    std::string because;      // The rest of a sentence: "a trial is not paid for".
};

struct LifeStep {
    int day = 0;  // Since the first step; only for the story.
    std::string event;
    std::vector<std::string> facts;  // That become true; "not card": that end. They stay so.
    std::vector<Expectation> expectations;
};

struct Life {
    std::string name;   // "a_trial_is_canceled"
    std::string topic;  // "trials"; the check that plays it.
    std::string title;  // One sentence for the story.
    std::vector<LifeStep> steps;
};

// Errors: usage, with the place of a key or a word that is not known.
Result<std::vector<Life>> lives_from_json(std::string_view text, std::string_view what);

// Plays a life. Nothing when the machine does all that is expected; else the story up to the first
// step that went wrong, with the line of `document` that acted. Complexity: steps * transitions.
std::optional<std::string> misstep(const Machine& machine, const Life& life,
                                   std::string_view document);

// What events and facts mean: "the card is declined". REQUIRES: a word of the grammar.
std::string_view meaning_of_event(std::string_view event);

}  // namespace onsite::subscriptions
