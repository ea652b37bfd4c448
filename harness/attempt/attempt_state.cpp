#include "harness/attempt/attempt_state.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace onsite {
namespace {

std::unexpected<Error> out_of_order(std::string_view what, int expected, int found) {
    return usage_error(fmt::format("expected {0} {1}, found {0} {2}", what, expected, found));
}

AttemptState first_state(const Event& event) {
    AttemptState state;
    state.exercise = event.exercise;
    state.language = event.language;
    state.rules = event.rules;
    state.loop = event.loop;
    state.allowed_ms = event.allowed_ms;
    state.is_witnessed = event.is_witnessed;
    state.started_at_ms = event.at_ms;
    state.last_event_ms = event.at_ms;
    return state;
}

void advance_clock(AttemptState& state, std::int64_t at_ms) {
    state.set_back_ms += std::max<std::int64_t>(0, state.last_event_ms - at_ms);
    state.used_ms = used_ms_at(state, at_ms);
    state.last_event_ms = at_ms;
}

// What is handed in stays as it is; what others make of it may still grow.
bool may_follow_a_seal(EventKind kind) {
    using enum EventKind;
    switch (kind) {
        case hint:
        case graded:
        case solution_viewed:
        case rated:
            return true;
        case started:
        case followup:
        case checked:
        case paused:
        case resumed:
        case sealed:
            return false;
    }
    std::abort();
}

Result<void> expect_in_place(const AttemptState& state, const Event& event) {
    if (state.seal && !may_follow_a_seal(event.kind)) {
        return usage_error(
            fmt::format("the attempt is sealed: expected a grade or a rating, "
                        "found {}",
                        to_string(event.kind)));
    }
    if (event.kind == EventKind::paused && state.rules == Rules::strict) {
        return usage_error("a strict attempt has no pauses, found paused");
    }
    if (event.kind == EventKind::paused && state.is_paused) {
        return usage_error("expected resumed, found paused twice");
    }
    if (event.kind == EventKind::resumed && !state.is_paused) {
        return usage_error("expected paused before resumed");
    }
    return {};
}

Result<void> add_grade(AttemptState& state, const Event& event) {
    if (event.number != ++state.grades) return out_of_order("grade", state.grades, event.number);
    if (!event.is_grade) return {};
    const Score score{.earned = event.earned, .judged = event.judged};
    state.latest = score;
    if (is_better(score, state.best)) {
        state.best = score;
        state.best_grade = event.number;
    }
    return {};
}

void add_rating(AttemptState& state, const Rating& rating) {
    const auto earlier = std::ranges::find(state.ratings, rating.criterion, &Rating::criterion);
    if (earlier == state.ratings.end()) {
        state.ratings.push_back(rating);
    } else {
        *earlier = rating;
    }
}

Result<void> apply(AttemptState& state, const Event& event) {
    switch (event.kind) {
        case EventKind::started:
            break;
        case EventKind::hint:
            if (event.number != ++state.hints_used) {
                return out_of_order("hint", state.hints_used, event.number);
            }
            break;
        case EventKind::followup:
            if (event.number != ++state.followups_revealed) {
                return out_of_order("follow-up", state.followups_revealed, event.number);
            }
            break;
        case EventKind::checked:
            ++state.checks;
            break;
        case EventKind::graded:
            return add_grade(state, event);
        case EventKind::solution_viewed:
            state.is_solution_viewed = true;
            break;
        case EventKind::paused:
            state.is_paused = true;
            break;
        case EventKind::resumed:
            state.is_paused = false;
            break;
        case EventKind::sealed:
            state.seal = event.seal;
            state.is_paused = false;
            // Time that nobody was there to end is not time that was used.
            state.used_ms = std::min(state.used_ms, event.seal.used_ms);
            break;
        case EventKind::rated:
            add_rating(state, event.rating);
            break;
    }
    return {};
}

}  // namespace

bool is_better(const Score& score, const std::optional<Score>& than) {
    if (!than || score.earned != than->earned) return !than || score.earned > than->earned;
    return score.judged > than->judged;
}

std::int64_t used_ms_at(const AttemptState& state, std::int64_t now_ms) {
    if (!state.is_running()) return state.used_ms;
    return state.used_ms + std::max<std::int64_t>(0, now_ms - state.last_event_ms);
}

Result<AttemptState> next_state(const std::optional<AttemptState>& before, const Event& event) {
    if ((event.kind == EventKind::started) == before.has_value()) {
        return usage_error(fmt::format("expected the event started first and once, found {}",
                                       to_string(event.kind)));
    }
    if (!before) return first_state(event);
    AttemptState state = *before;
    if (auto good = expect_in_place(state, event); !good) return pass_on(good);
    advance_clock(state, event.at_ms);
    if (auto done = apply(state, event); !done) return pass_on(done);
    return state;
}

}  // namespace onsite
