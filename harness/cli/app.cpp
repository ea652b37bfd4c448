#include "harness/cli/app.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/attempt/names.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/catalog/texts.hpp"
#include "harness/grading/sources.hpp"
#include "harness/loop/schedule.hpp"

namespace onsite {

namespace fs = std::filesystem;

TextStyle App::style() const {
    return {.colour = console.has_colour() ? Colour::always : Colour::never,
            .width_columns = console.width()};
}

Cancel App::cancel_on_interrupt() const {
    return {.descriptor = interrupts.descriptor(),
            .is_wanted = [this] { return interrupts.has_come(); }};
}

Progress App::show_progress() const {
    return [this](const std::string& doing) { console.progress(doing); };
}

namespace {

bool is_slug(const App& app, const std::string& which) {
    return std::ranges::any_of(app.catalog,
                               [&](const Exercise& exercise) { return exercise.slug == which; });
}

}  // namespace

std::optional<fs::path> find_attempt_folder(const App& app, const std::string& which) {
    std::error_code problem;  // A name that no folder can have is one that no attempt has.
    if (is_slug(app, which)) {
        const int number = highest_attempt(app.places.attempts, which);
        if (number == 0) return std::nullopt;
        return app.places.attempts / fmt::format("{}-{}", which, number);
    }
    if (which.empty()) return std::nullopt;
    if (fs::is_directory(which, problem)) {
        const fs::path folder = fs::canonical(which, problem);
        return problem ? fs::path(which) : folder;
    }
    if (fs::is_directory(app.places.attempts / which, problem)) return app.places.attempts / which;
    return std::nullopt;
}

namespace {

Result<Attempt> find_attempt(const App& app, const std::string& which) {
    if (which.empty() || is_slug(app, which)) return latest_attempt(app.places.attempts, which);
    if (const auto folder = find_attempt_folder(app, which)) return open_attempt(*folder);
    const std::string slug = which.substr(0, which.rfind('-'));
    auto known = find_exercise(app.catalog, slug);
    if (!known) known = find_exercise(app.catalog, which);  // Its sentence lists the slugs.
    if (!known) return pass_on(known);
    return usage_error(
        fmt::format("no attempt is called \"{}\"; leave the name out for the latest, "
                    "or make one: ./onsite start {}",
                    which, slug));
}

}  // namespace

Result<OpenedAttempt> open_which(const App& app, const std::string& which) {
    auto attempt = find_attempt(app, which);
    if (!attempt) return pass_on(attempt);
    auto exercise = find_exercise(app.catalog, attempt->state.exercise);
    if (!exercise) return pass_on(exercise);
    auto language = find_language(*exercise, attempt->state.language);
    if (!language) return pass_on(language);
    return OpenedAttempt{std::move(*exercise), std::move(*language), std::move(*attempt)};
}

namespace {

// What was handed in under an id is what is graded under it, or nothing is.
Result<void> expect_whole_seal(const Attempt& attempt) {
    if (!attempt.state.seal) return {};
    auto seal = seal_of(attempt);
    if (!seal) return pass_on(seal);
    const std::vector<std::string> damage = damage_of_seal(attempt, *seal);
    if (damage.empty()) return {};
    return usage_error(
        fmt::format("{}; a grade of it would say nothing about what was handed in: "
                    "put the sealed copy back, or begin another attempt",
                    damage.front()));
}

}  // namespace

Result<GradeRequest> request_for(const OpenedAttempt& opened) {
    if (auto whole = expect_whole_seal(opened.attempt); !whole) return pass_on(whole);
    auto source = load_source("answer", opened.language, std::array{answer_folder(opened.attempt)});
    if (!source) return pass_on(source);
    auto tests = read_own_tests(opened.attempt, opened.exercise);
    if (!tests) return pass_on(tests);
    GradeRequest request;
    request.source = std::move(*source);
    request.language = opened.language;
    request.tests = std::move(*tests);
    request.followups = opened.attempt.state.followups_revealed;
    return request;
}

std::string files_to_edit(const OpenedAttempt& opened) {
    std::vector<std::string> names = opened.language.documents;
    if (names.empty()) names = {opened.language.answer};
    std::string lines;
    for (const std::string& name : names) {
        lines += fmt::format("edit       {}\n", (opened.attempt.folder / name).string());
    }
    return lines;
}

std::string clock_words(const OpenedAttempt& opened, Clock& clock) {
    const AttemptState& state = opened.attempt.state;
    if (!state.loop.empty()) {
        return fmt::format("{} of {}", time_used_face(elapsed_ms(state, clock)),
                           time_used_face(allowed_ms(state, opened.exercise)));
    }
    return fmt::format("{} of {} minutes", elapsed_ms(state, clock) / kMsPerMinute,
                       opened.exercise.minutes);
}

std::string word_for(const App& app, const Attempt& attempt) {
    std::error_code problem;
    const bool is_at_home =
        fs::equivalent(attempt.folder.parent_path(), app.places.attempts, problem);
    return shell_word(is_at_home ? attempt.name() : attempt.folder.string());
}

std::string next_command(const App& app, const OpenedAttempt& opened,
                         std::span<const Verdict> verdicts) {
    const bool is_done = std::ranges::all_of(
        verdicts, [](const Verdict& verdict) { return verdict.outcome == Outcome::pass; });
    const auto followups = load_followups(opened.exercise);
    const bool has_followup =
        followups && std::cmp_less(opened.attempt.state.followups_revealed, followups->size());
    const char* const word = !is_done ? "check --watch" : has_followup ? "next" : "grade";
    return fmt::format("./onsite {} {}", word, word_for(app, opened.attempt));
}

std::unexpected<Error> interrupted(const OpenedAttempt& opened) {
    return tool_error(fmt::format("interrupted; nothing was recorded and {} is as it was",
                                  opened.attempt.name()));
}

}  // namespace onsite
