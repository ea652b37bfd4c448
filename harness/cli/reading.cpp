// The commands that show a text of the exercise and log that it was seen: hint, next, solution.
#include <fmt/format.h>

#include "base/files.hpp"
#include "harness/catalog/texts.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/session.hpp"
#include "harness/cli/side_by_side.hpp"

namespace onsite {
namespace {

constexpr std::uint64_t kNotesBytesMax = 1 * kMiB;

// Strict attempts follow the interview's rules until their time is up or they are handed in.
Result<void> allow_help(const App& app, const OpenedAttempt& opened, const char* what) {
    const AttemptState& state = opened.attempt.state;
    const bool is_over =
        state.seal || elapsed_ms(state, app.clock) >= allowed_ms(state, opened.exercise);
    if (state.rules == Rules::practice || is_over) return {};
    return usage_error(fmt::format("{} is a strict attempt: no {} before its time is over ({})",
                                   opened.attempt.name(), what, clock_words(opened, app.clock)));
}

}  // namespace

Result<int> run_hint(App& app, const std::string& which) {
    auto opened = open_which(app, which);
    if (!opened) return pass_on(opened);
    if (auto allowed = allow_help(app, *opened, "hint"); !allowed) return pass_on(allowed);
    auto hints = load_hints(opened->exercise);
    if (!hints) return pass_on(hints);
    const int number = opened->attempt.state.hints_used + 1;
    if (number > static_cast<int>(hints->size())) {
        app.console.print(
            fmt::format("All {} hints are shown. What is left: ./onsite solution {}\n",
                        hints->size(), opened->attempt.name()));
        return kExitDone;
    }
    auto recorded = record(opened->attempt, {.kind = EventKind::hint, .number = number}, app.clock);
    if (!recorded) return pass_on(recorded);
    const Hint& hint = (*hints)[static_cast<std::size_t>(number - 1)];
    app.console.print(
        fmt::format("hint {} of {}: {}\n\n{}\n", number, hints->size(), hint.title, hint.text));
    return kExitDone;
}

Result<int> run_next(App& app, const std::string& which) {
    auto opened = open_which(app, which);
    if (!opened) return pass_on(opened);
    if (auto told = settle_and_tell(app, *opened); !told) return pass_on(told);
    if (auto open = expect_unsealed(*opened, "ask"); !open) return pass_on(open);
    auto followups = load_followups(opened->exercise);
    if (!followups) return pass_on(followups);
    const int number = opened->attempt.state.followups_revealed + 1;
    if (number > static_cast<int>(followups->size())) {
        app.console.print(fmt::format("All {} follow-ups are revealed. Next: ./onsite grade {}\n",
                                      followups->size(), opened->attempt.name()));
        return kExitDone;
    }
    auto recorded =
        record(opened->attempt, {.kind = EventKind::followup, .number = number}, app.clock);
    if (!recorded) return pass_on(recorded);
    const FollowUp& followup = (*followups)[static_cast<std::size_t>(number - 1)];
    app.console.print(fmt::format("{}\nIts checks are on from now. {}\n", followup.text,
                                  clock_words(*opened, app.clock)));
    return kExitDone;
}

Result<int> run_solution(App& app, const SolutionOptions& options) {
    auto opened = open_which(app, options.which);
    if (!opened) return pass_on(opened);
    if (auto allowed = allow_help(app, *opened, "solution"); !allowed) return pass_on(allowed);
    auto recorded = record(opened->attempt, {.kind = EventKind::solution_viewed}, app.clock);
    if (!recorded) return pass_on(recorded);
    if (options.shows_notes) {
        auto notes = read_file(opened->exercise.solution / "NOTES.md", kNotesBytesMax);
        if (!notes) return pass_on(notes);
        app.console.print(*notes);
        return kExitDone;
    }
    std::vector<std::string> files = opened->language.documents;
    if (files.empty()) files = {opened->language.answer};
    app.console.print(
        fmt::format("why it is so: ./onsite solution {} --notes\n", opened->attempt.name()));
    for (const std::string& file : files) {
        const auto mine = opened->attempt.folder / file;
        const auto reference = opened->exercise.solution_of(opened->language) / file;
        app.console.print(
            fmt::format("\nleft: {}\nright: {}\n\n", mine.string(), reference.string()));
        auto printed = print_side_by_side(app, mine, reference);
        if (!printed) return pass_on(printed);
    }
    return kExitDone;
}

}  // namespace onsite
