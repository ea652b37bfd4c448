// What is wrong with a machine whatever happens to it: machine.hpp lists it.

#include <algorithm>

#include <fmt/format.h>

#include "exercises/3-subscriptions/checks/machine.hpp"

namespace onsite::subscriptions {
namespace {

bool names(const std::vector<std::string>& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

// Where a transition leads from a state.
std::string_view target(const Transition& transition, std::string_view from) {
    return transition.to.empty() ? from : std::string_view(transition.to);
}

// The states that some chain of transitions leads to. Guards are not looked at: what the world will
// say is not known.
std::set<std::string_view> reachable(const Machine& machine) {
    std::set<std::string_view> reached = {kNoState};
    for (bool is_growing = true; is_growing;) {
        is_growing = false;
        for (const Transition& transition : machine.transitions) {
            for (const std::string& from : transition.from) {
                if (!reached.contains(from)) continue;
                is_growing |= reached.insert(target(transition, from)).second;
            }
        }
    }
    return reached;
}

// Whether every event and fact that the later line fits is taken by the earlier one before.
bool hides(const Transition& earlier, const Transition& later) {
    if (earlier.event != later.event) return false;
    const bool is_wider = std::ranges::all_of(
        later.from, [&](const std::string& state) { return names(earlier.from, state); });
    return is_wider && std::ranges::all_of(earlier.guards, [&](const Guard& guard) {
               return std::ranges::find(later.guards, guard) != later.guards.end();
           });
}

class Inspection {
public:
    explicit Inspection(const Machine& machine) : machine_(machine) {}

    std::vector<MachineProblem> run() {
        for (const Transition& transition : machine_.transitions) {
            look_at_ends(transition);
            look_at_guards(transition);
            look_at_earlier(transition);
        }
        look_at_states();
        return std::move(problems_);
    }

private:
    void complain(int line, std::string message) {
        problems_.push_back({line, std::move(message)});
    }

    void look_at_ends(const Transition& transition) {
        for (const std::string& from : transition.from) {
            if (!is_final(from) || target(transition, from) == from) continue;
            complain(transition.line,
                     fmt::format("expected no way out of {}, which is the end of a subscription: "
                                 "a customer who comes back gets a new one",
                                 from));
        }
    }

    void look_at_guards(const Transition& transition) {
        for (const Guard& guard : transition.guards) {
            const bool is_fact = std::ranges::find(fact_words(), guard.name) != fact_words().end();
            const bool is_set = std::ranges::any_of(
                machine_.transitions,
                [&](const Transition& one) { return names(one.sets, guard.name); });
            if (is_fact || is_set) continue;
            complain(transition.line,
                     fmt::format("expected a guard that is a fact or a flag that some line sets, "
                                 "found {}",
                                 guard.name));
        }
    }

    void look_at_earlier(const Transition& transition) {
        for (const Transition& earlier : machine_.transitions) {
            if (&earlier == &transition) return;
            if (!hides(earlier, transition)) continue;
            complain(transition.line, fmt::format("expected a line that can act; line {} always "
                                                  "comes first",
                                                  earlier.line));
            return;
        }
    }

    // Every state is reached, and whoever wants to leave can leave at once.
    void look_at_states() {
        const auto reached = reachable(machine_);
        std::set<std::string_view> looked;
        for (const Transition& transition : machine_.transitions) {
            for (const std::string& from : transition.from) {
                if (!looked.insert(from).second) continue;
                if (!reached.contains(from)) {
                    complain(transition.line,
                             fmt::format("expected a way to {}; no line leads there", from));
                }
            }
        }
        for (const std::string_view state : reached) {
            if (state == kNoState || is_final(state) || can_be_canceled(state)) continue;
            complain(first_line_of(state),
                     fmt::format("expected cancel_now to end a subscription that is {}", state));
        }
    }

    bool can_be_canceled(std::string_view state) const {
        return std::ranges::any_of(machine_.transitions, [&](const Transition& one) {
            return one.event == "cancel_now" && names(one.from, state) &&
                   is_final(target(one, state));
        });
    }

    int first_line_of(std::string_view state) const {
        for (const Transition& transition : machine_.transitions) {
            if (transition.to == state) return transition.line;
        }
        return 0;
    }

    const Machine& machine_;
    std::vector<MachineProblem> problems_;
};

}  // namespace

std::vector<MachineProblem> unsound_parts(const Machine& machine) {
    return Inspection(machine).run();
}

}  // namespace onsite::subscriptions
