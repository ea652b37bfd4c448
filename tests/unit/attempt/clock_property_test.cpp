// Goal: the laws of an attempt's clock for any sequence of events: it never runs backwards,
// whatever the machine's clock does, and a pause of any length at any moment costs nothing.
#include <rapidcheck.h>

#include <rapidcheck/gtest.h>

#include "harness/attempt/attempt_state.hpp"

namespace onsite {
namespace {

AttemptState begun() {
    return next_state(std::nullopt, {.kind = EventKind::started, .at_ms = 1'000'000'000}).value();
}

void add(AttemptState& state, EventKind kind, std::int64_t after_ms) {
    state = next_state(state, {.kind = kind, .at_ms = state.last_event_ms + after_ms}).value();
}

RC_GTEST_PROP(ClockProperty, NeverRunsBackwards, ()) {
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(-100'000, 100'000));
    AttemptState state = begun();
    std::int64_t forward_ms = 0;
    std::int64_t back_ms = 0;
    for (const int step : steps) {
        const std::int64_t before_ms = state.used_ms;
        add(state, EventKind::checked, step);
        RC_ASSERT(state.used_ms >= before_ms);
        (step > 0 ? forward_ms : back_ms) += step;
    }
    RC_ASSERT(state.used_ms == forward_ms);
    RC_ASSERT(state.set_back_ms == -back_ms);
}

RC_GTEST_PROP(ClockProperty, APauseOfAnyLengthCostsNothing, ()) {
    const auto steps = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 100'000));
    const auto at = *rc::gen::inRange<std::size_t>(0, steps.size() + 1);
    const auto pause_ms = *rc::gen::inRange(0, 1'000'000'000);
    AttemptState plain = begun();
    AttemptState paused = begun();
    for (std::size_t i = 0; i <= steps.size(); ++i) {
        if (i == at) {
            add(paused, EventKind::paused, 0);
            add(paused, EventKind::resumed, pause_ms);
        }
        if (i == steps.size()) break;
        add(plain, EventKind::checked, steps[i]);
        add(paused, EventKind::checked, steps[i]);
    }
    RC_ASSERT(paused.used_ms == plain.used_ms);
    RC_ASSERT(used_ms_at(paused, paused.last_event_ms + 5) == plain.used_ms + 5);
}

}  // namespace
}  // namespace onsite
