// The state machine that a candidate declares: a fenced block with the word `machine` in
// decisions.md, one transition a line.
//
//     none + create [trial] -> trialing
//     trialing | active + cancel_now [paid, not in_flight] -> canceled : credit, clear ending
//
// From one of the states, on the event, when every guard in brackets holds, to the state (`same`
// stays where it is), with the effects. The first line that fits decides; an event that no line
// fits changes nothing. `#` begins a comment. A flag is a word of the candidate's own: `set x` and
// `clear x` are effects, `x` and `not x` guards; every flag is down at first.
// Thread safety: a machine may be run by many.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "exercises/3-subscriptions/checks/page.hpp"

namespace onsite::subscriptions {

inline constexpr std::size_t kTransitionsMax = 200;
inline constexpr std::size_t kMachineLineBytesMax = 300;
inline constexpr std::size_t kFlagsMax = 8;

// The words of the grammar; what they mean is in brief.md.
std::span<const std::string_view> state_words();
std::span<const std::string_view> event_words();
std::span<const std::string_view> fact_words();    // Guards about the world.
std::span<const std::string_view> effect_words();  // What a transition may do.
// States that a subscription never leaves.
bool is_final(std::string_view state);

inline constexpr std::string_view kNoState = "none";  // Before the subscription exists.

struct Guard {
    std::string name;
    bool is_negated = false;
    bool operator==(const Guard&) const = default;
};

struct Transition {
    int line = 0;
    std::string text;  // As it was written.
    std::vector<std::string> from;
    std::string event;
    std::vector<Guard> guards;
    std::string to;  // Empty for `same`.
    std::vector<std::string> effects;
    std::vector<std::string> sets;  // Flags.
    std::vector<std::string> clears;
};

struct MachineProblem {
    int line = 0;
    std::string message;
};

struct Machine {
    std::vector<Transition> transitions;
    std::vector<MachineProblem> problems;  // Of lines that could not be read.
};

// Reads as much as it can: every line that is no transition is a problem. Complexity: O(bytes).
Machine read_machine(const FencedBlock& block);

// What is wrong with a machine whatever happens to it: a way out of a final state, a state that
// nothing leads to, a state that cancel_now does not end, a line that an earlier one hides, a flag
// that is asked but never set.
std::vector<MachineProblem> unsound_parts(const Machine& machine);

// A machine at work.
class Running {
public:
    // REQUIRES: the machine outlives this.
    explicit Running(const Machine& machine) : machine_(&machine), state_(kNoState) {}

    // The line that acted; null when none fits. Complexity: O(transitions * guards).
    const Transition* send(std::string_view event, const std::set<std::string, std::less<>>& facts);
    const std::string& state() const { return state_; }

private:
    bool holds(const Guard& guard, const std::set<std::string, std::less<>>& facts) const;

    const Machine* machine_;
    std::string state_;
    std::set<std::string, std::less<>> flags_;
};

}  // namespace onsite::subscriptions
