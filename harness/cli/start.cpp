#include <fmt/format.h>

#include "base/clock.hpp"
#include "harness/catalog/texts.hpp"
#include "harness/cli/commands.hpp"

namespace onsite {
namespace {

// The attempt to go on with: open, of this language, in no interview, and not asked to be replaced.
bool can_continue(const Attempt& attempt, const Language& language, const StartOptions& options) {
    return !options.is_new && attempt.state.language == language.name &&
           attempt.state.grades == 0 && !attempt.state.seal && attempt.state.loop.empty();
}

struct Started {
    Attempt attempt;
    bool is_new = true;
};

Result<Started> start_or_continue(App& app, const Exercise& exercise, const Language& language,
                                  const StartOptions& options) {
    auto list = list_attempts(app.places.attempts);
    if (!list) return pass_on(list);
    for (auto it = list->attempts.rbegin(); it != list->attempts.rend(); ++it) {
        if (it->state.exercise == exercise.slug && can_continue(*it, language, options)) {
            return Started{*it, false};
        }
    }
    auto attempt = create_attempt(exercise,
                                  {.attempts_root = app.places.attempts,
                                   .language = language,
                                   .rules = options.is_strict ? Rules::strict : Rules::practice},
                                  app.clock);
    if (!attempt) return pass_on(attempt);
    return Started{*attempt, true};
}

void print_where(const App& app, const OpenedAttempt& opened, bool is_new) {
    app.console.print(fmt::format("\n{} {}   {} of {} minutes used\n{}",
                                  is_new ? "attempt   " : "continuing", opened.attempt.name(),
                                  elapsed_ms(opened.attempt.state, app.clock) / kMsPerMinute,
                                  opened.exercise.minutes, files_to_edit(opened)));
}

void print_next_steps(const App& app) {
    app.console.print(
        "\n./onsite check --watch   a verdict at every save\n"
        "./onsite next            the interviewer's follow-up, when you are ready\n"
        "./onsite hint            the next of four hints\n"
        "./onsite grade           every check, and the scorecard\n\n");
}

}  // namespace

Result<int> run_start(App& app, const StartOptions& options) {
    auto exercise = find_exercise(app.catalog, options.slug);
    if (!exercise) return pass_on(exercise);
    auto language = find_language(*exercise, options.language);
    if (!language) return pass_on(language);
    auto brief = load_brief(*exercise);
    if (!brief) return pass_on(brief);
    auto started = start_or_continue(app, *exercise, *language, options);
    if (!started) return pass_on(started);
    const OpenedAttempt opened{*exercise, *language, started->attempt};
    app.console.print(*brief);
    print_where(app, opened, started->is_new);
    print_next_steps(app);

    auto status = run_check(app, {.which = opened.attempt.folder.string(), .case_file = ""});
    if (!status) return status;
    if (options.started_at_ms > 0) {
        const std::int64_t tenths = (app.clock.now_ms() - options.started_at_ms + 50) / 100;
        app.console.print(fmt::format("first feedback in {}.{} s\n", tenths / 10, tenths % 10));
    }
    return status;
}

}  // namespace onsite
