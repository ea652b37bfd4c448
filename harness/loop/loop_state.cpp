#include "harness/loop/loop_state.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite {
namespace {

LoopState first_loop_state(const LoopEvent& event) {
    LoopState state;
    state.rules = event.rules;
    state.language = event.language;
    state.is_witnessed = event.is_witnessed;
    state.started_at_ms = event.at_ms;
    state.last_event_ms = event.at_ms;
    for (const PlannedSection& planned : event.sections) {
        state.sections.push_back({.slug = planned.slug, .allowed_ms = planned.allowed_ms});
    }
    return state;
}

std::unexpected<Error> cannot_follow(std::string_view expected, const LoopEvent& event) {
    return usage_error(
        fmt::format("expected {}, found {} of {}", expected, to_string(event.kind), event.attempt));
}

}  // namespace

std::size_t LoopState::current() const {
    const auto open =
        std::ranges::find_if(sections, [](const LoopSection& one) { return one.seal.empty(); });
    return static_cast<std::size_t>(open - sections.begin());
}

Result<LoopState> next_loop_state(const std::optional<LoopState>& before, const LoopEvent& event) {
    if ((event.kind == LoopEventKind::started) == before.has_value()) {
        return usage_error(fmt::format("expected the event started first and once, found {}",
                                       to_string(event.kind)));
    }
    if (!before) return first_loop_state(event);
    LoopState state = *before;
    if (state.is_finished()) return cannot_follow("nothing after the last section", event);
    state.set_back_ms += std::max<std::int64_t>(0, state.last_event_ms - event.at_ms);
    state.last_event_ms = event.at_ms;
    LoopSection& section = state.sections[state.current()];
    if (event.kind == LoopEventKind::section_started) {
        if (!section.attempt.empty()) {
            return cannot_follow("the end of " + section.attempt, event);
        }
        section.attempt = event.attempt;
        section.first_line = event.hash;
        return state;
    }
    if (section.attempt.empty()) return cannot_follow("the beginning of " + section.slug, event);
    if (section.attempt != event.attempt) {
        return cannot_follow("the end of " + section.attempt, event);
    }
    if (event.hash.empty()) return cannot_follow("a seal", event);
    section.seal = event.hash;
    return state;
}

}  // namespace onsite
