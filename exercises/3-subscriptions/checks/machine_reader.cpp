// How a machine comes out of its block: machine.hpp shows the grammar.

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "exercises/3-subscriptions/checks/machine.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::size_t kShownBytesMax = 60;
constexpr std::size_t kWordBytesMax = 40;

std::string shown(std::string_view text) {
    return text.empty()
               ? "nothing"
               : fmt::format("\"{}\"", harmless(text.substr(0, kShownBytesMax), Lines::one));
}

bool contains(std::span<const std::string_view> words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= kWordBytesMax &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == text.npos;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(mark);
        parts.push_back(trimmed(text.substr(0, end)));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// Takes the text before `mark` off; nothing when the mark is not there.
std::optional<std::string_view> take_before(std::string_view& rest, std::string_view mark) {
    const std::size_t found = rest.find(mark);
    if (found == rest.npos) return std::nullopt;
    const std::string_view before = trimmed(rest.substr(0, found));
    rest = trimmed(rest.substr(found + mark.size()));
    return before;
}

class LineReader {
public:
    explicit LineReader(const PageLine& line) {
        transition_.line = line.number;
        transition_.text = trimmed(line.text);
    }

    // Nothing when the line is no transition: problem() says why.
    std::optional<Transition> read(std::string_view text) {
        if (text.size() > kMachineLineBytesMax) {
            complain(fmt::format("expected at most {} characters in a line, found {}",
                                 kMachineLineBytesMax, text.size()));
        } else {
            read_parts(text);
        }
        if (!problem_.empty()) return std::nullopt;
        return std::move(transition_);
    }
    const std::string& problem() const { return problem_; }

private:
    void complain(std::string problem) {
        if (problem_.empty()) problem_ = std::move(problem);
    }

    void read_parts(std::string_view rest) {
        const auto left = take_before(rest, "->");
        if (!left) return complain("expected state + event -> state, found no ->");
        std::string_view condition = *left;
        const auto states = take_before(condition, "+");
        if (!states) return complain("expected state + event before the ->, found no +");
        read_states(*states);
        read_condition(condition);
        const auto target = take_before(rest, ":");
        read_target(target.value_or(rest));
        if (target) read_effects(rest);
    }

    void expect_one_of(std::span<const std::string_view> words, std::string_view what,
                       std::string_view found) {
        if (contains(words, found)) return;
        complain(fmt::format("expected {}, one of {}; found {}", what, fmt::join(words, ", "),
                             shown(found)));
    }

    void read_states(std::string_view text) {
        for (const std::string_view state : split(text, '|')) {
            expect_one_of(state_words(), "a state", state);
            transition_.from.emplace_back(state);
        }
    }

    void read_condition(std::string_view text) {
        const std::size_t bracket = text.find('[');
        const std::string_view event = trimmed(text.substr(0, bracket));
        expect_one_of(event_words(), "an event", event);
        transition_.event = event;
        if (bracket == text.npos) return;
        if (!text.ends_with(']')) return complain("expected ] after the guards");
        text = text.substr(bracket + 1, text.size() - bracket - 2);
        for (std::string_view name : split(text, ',')) {
            const bool is_negated = name.starts_with("not ");
            if (is_negated) name = trimmed(name.substr(4));
            if (!is_word(name)) complain(fmt::format("expected a guard, found {}", shown(name)));
            transition_.guards.push_back({std::string(name), is_negated});
        }
    }

    void read_target(std::string_view target) {
        if (target == "same") return;
        expect_one_of(state_words(), "a state or the word same after the ->", target);
        if (target == kNoState) complain("expected a state after the ->, found none");
        transition_.to = target;
    }

    void read_effects(std::string_view text) {
        for (const std::string_view effect : split(text, ',')) {
            if (effect.starts_with("set ")) {
                read_flag(trimmed(effect.substr(4)), transition_.sets);
            } else if (effect.starts_with("clear ")) {
                read_flag(trimmed(effect.substr(6)), transition_.clears);
            } else {
                expect_one_of(effect_words(), "set or clear and a flag, or an effect", effect);
                transition_.effects.emplace_back(effect);
            }
        }
    }

    void read_flag(std::string_view flag, std::vector<std::string>& into) {
        if (!is_word(flag) || contains(fact_words(), flag)) {
            complain(fmt::format("expected a flag of your own, small letters and _, found {}",
                                 shown(flag)));
        }
        into.emplace_back(flag);
    }

    Transition transition_;
    std::string problem_;
};

void check_flags(Machine& machine) {
    std::set<std::string> flags;
    for (const Transition& transition : machine.transitions) {
        flags.insert(transition.sets.begin(), transition.sets.end());
    }
    if (flags.size() > kFlagsMax) {
        machine.problems.push_back(
            {machine.transitions.front().line,
             fmt::format("expected at most {} flags, found {}", kFlagsMax, flags.size())});
    }
}

}  // namespace

Machine read_machine(const FencedBlock& block) {
    Machine machine;
    for (const PageLine& line : block.lines) {
        const std::string_view text =
            trimmed(std::string_view(line.text).substr(0, line.text.find('#')));
        if (text.empty()) continue;
        if (machine.transitions.size() + machine.problems.size() == kTransitionsMax) {
            machine.problems.push_back(
                {line.number, fmt::format("expected at most {} transitions", kTransitionsMax)});
            break;
        }
        LineReader reader(line);
        if (auto transition = reader.read(text)) {
            machine.transitions.push_back(std::move(*transition));
        } else {
            machine.problems.push_back({line.number, reader.problem()});
        }
    }
    check_flags(machine);
    return machine;
}

}  // namespace onsite::subscriptions
