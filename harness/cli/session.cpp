#include "harness/cli/session.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/grading/sources.hpp"
#include "harness/loop/schedule.hpp"

namespace onsite {
namespace {

// No limit is 0: practice by itself may take as long as it likes.
std::int64_t limit_of(const OpenedAttempt& opened) {
    const AttemptState& state = opened.attempt.state;
    const bool has_limit = !state.loop.empty() || state.rules == Rules::strict;
    return has_limit ? allowed_ms(state, opened.exercise) : 0;
}

Result<void> reveal_due(App& app, OpenedAttempt& opened, Settled& settled) {
    auto followups = load_followups(opened.exercise);
    if (!followups) return pass_on(followups);
    const int due = followups_due(static_cast<int>(followups->size()),
                                  elapsed_ms(opened.attempt.state, app.clock), limit_of(opened));
    while (opened.attempt.state.followups_revealed < due) {
        const int number = opened.attempt.state.followups_revealed + 1;
        auto recorded =
            record(opened.attempt, {.kind = EventKind::followup, .number = number}, app.clock);
        if (!recorded) return pass_on(recorded);
        opened.attempt = std::move(*recorded);
        settled.revealed.push_back((*followups)[static_cast<std::size_t>(number - 1)]);
    }
    return {};
}

}  // namespace

Result<Settled> settle(App& app, OpenedAttempt& opened) {
    Settled settled;
    const AttemptState& state = opened.attempt.state;
    if (state.loop.empty() || state.seal) return settled;
    if (elapsed_ms(state, app.clock) >= limit_of(opened)) {
        if (auto done = seal_now(app, opened, SealReason::time); !done) return pass_on(done);
        settled.is_sealed_now = true;
    } else if (!state.is_paused) {
        if (auto done = reveal_due(app, opened, settled); !done) return pass_on(done);
    }
    return settled;
}

std::string settled_text(const Settled& settled, const OpenedAttempt& opened) {
    std::string text;
    for (const FollowUp& followup : settled.revealed) {
        text += fmt::format("The interviewer's follow-up {}; its checks are on from now:\n\n{}\n",
                            followup.number, followup.text);
    }
    if (settled.is_sealed_now) {
        text += fmt::format("The time of {} is up: it is sealed, and can still be graded.\n",
                            opened.attempt.name());
        for (const std::string& file : opened.attempt.state.seal->late) {
            text += fmt::format("{} was saved after the time was up; the seal says so.\n",
                                harmless(file, Lines::one));
        }
    }
    return text;
}

Result<void> settle_and_tell(App& app, OpenedAttempt& opened) {
    auto settled = settle(app, opened);
    if (!settled) return pass_on(settled);
    app.console.print(settled_text(*settled, opened));
    return {};
}

namespace {

// A seal is made once: of an answer that no grade can read it would lose the work. Not asked when
// the time is up, as then what is there is what counts.
Result<void> expect_gradable(const OpenedAttempt& opened) {
    auto source = load_source("answer", opened.language, std::array{opened.attempt.folder});
    auto tests = source ? read_own_tests(opened.attempt, opened.exercise) : std::string();
    if (source && tests) return {};
    const Error& error = source ? tests.error() : source.error();
    return std::unexpected(Error{error.kind, error.message + "; nothing was handed in"});
}

}  // namespace

Result<void> seal_now(App& app, OpenedAttempt& opened, SealReason reason) {
    if (reason != SealReason::time && !opened.attempt.state.seal) {
        if (auto good = expect_gradable(opened); !good) return good;
    }
    auto rubric = load_rubric_text(opened.exercise);
    if (!rubric) return pass_on(rubric);
    auto sealed = seal_attempt(
        opened.attempt,
        {.reason = reason, .allowed_ms = limit_of(opened), .rubric = std::move(*rubric)},
        app.clock);
    if (!sealed) return pass_on(sealed);
    opened.attempt = std::move(*sealed);
    return {};
}

Result<void> expect_unsealed(const OpenedAttempt& opened, const char* what) {
    if (!opened.attempt.state.seal) return {};
    return usage_error(fmt::format(
        "{0} is sealed, there is nothing left to {1}; its grade: ./onsite grade {0}, another "
        "attempt: ./onsite start {2}",
        opened.attempt.name(), what, opened.exercise.slug));
}

std::int64_t left_ms(const OpenedAttempt& opened, Clock& clock) {
    const AttemptState& state = opened.attempt.state;
    return std::max<std::int64_t>(0, allowed_ms(state, opened.exercise) - elapsed_ms(state, clock));
}

}  // namespace onsite
