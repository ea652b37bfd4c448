#include <sys/random.h>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/catalog/texts.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/session.hpp"
#include "harness/grading/checks_hash.hpp"
#include "harness/scoring/scorecard_json.hpp"

namespace onsite {
namespace {

// Short enough to be typed, too long for a subject to try them all.
constexpr std::uint64_t kSeedMax = (std::uint64_t{1} << 48) - 1;

// Chance enters here, once, and is printed: the same seed repeats the grade.
Result<std::uint64_t> new_seed() {
    std::uint64_t seed = 0;
    if (getrandom(&seed, sizeof seed, 0) != sizeof seed) {
        return tool_error("the system gave no random number; name a seed with --seed");
    }
    return seed & kSeedMax;
}

std::vector<SelfRating> self_ratings_of(const AttemptState& state) {
    std::vector<SelfRating> ratings;
    for (const Rating& rating : state.ratings) {
        ratings.push_back({rating.criterion, rating.level, rating.anchor, rating.note});
    }
    return ratings;
}

GradeFacts facts_of(const App& app, const OpenedAttempt& opened, const GradeRequest& request,
                    const Grading& grading, std::size_t followups_total) {
    const AttemptState& state = opened.attempt.state;
    const std::string attempt = word_for(app, opened.attempt);
    return {
        .exercise = opened.exercise.slug,
        .title = opened.exercise.title,
        .attempt = opened.attempt.name(),
        .language = opened.language.name,
        .content_hash = grading.content_hash,
        .seed = request.seed,
        .toolchain = grading.toolchain,
        .isolation = grading.run.isolation,
        .started_at_ms = state.started_at_ms,
        .minutes_allowed = opened.exercise.minutes,
        .followups_revealed = request.followups,
        .followups_total = static_cast<int>(followups_total),
        .hints_used = state.hints_used,
        .is_solution_viewed = state.is_solution_viewed,
        .self_ratings = self_ratings_of(state),
        .replay = fmt::format("./onsite grade {} --seed {}", attempt, request.seed),
    };
}

// What was sealed is judged by the rubric that it was sealed with.
Result<std::string> rubric_text_for(const OpenedAttempt& opened) {
    if (opened.attempt.state.seal) return sealed_rubric(opened.attempt);
    // For its complaints: about the follow-ups too.
    if (auto good = load_rubric(opened.exercise); !good) return pass_on(good);
    return load_rubric_text(opened.exercise);
}

Result<Scorecard> make_scorecard(App& app, const OpenedAttempt& opened, const GradeRequest& request,
                                 const Grading& grading, std::int64_t began_ns) {
    auto text = rubric_text_for(opened);
    if (!text) return pass_on(text);
    auto rubric = parse_rubric(*text, "rubric.json");
    if (!rubric) return pass_on(rubric);
    auto followups = load_followups(opened.exercise);
    if (!followups) return pass_on(followups);
    auto checks = checks_hash(opened.exercise, app.places.root);
    if (!checks) return pass_on(checks);
    GradeFacts facts = facts_of(app, opened, request, grading, followups->size());
    facts.checks_hash = std::move(*checks);
    facts.graded_at_ms = app.clock.now_ms();
    facts.used_ms = elapsed_ms(opened.attempt.state, app.clock);
    facts.duration_ms = (app.clock.monotonic_ns() - began_ns) / kNsPerMs;
    return score(*rubric, grading.run.verdicts, std::move(facts));
}

Result<void> store(App& app, const OpenedAttempt& opened, const GradeRequest& request,
                   const Grading& grading, const Scorecard& card) {
    auto rubric = rubric_text_for(opened);
    if (!rubric) return pass_on(rubric);
    auto saved = save_grade(opened.attempt,
                            {.verdicts = grading.run.verdicts,
                             .scorecard_json = scorecard_text(card),
                             .content_hash = grading.content_hash,
                             .score = {.earned = card.earned, .judged = card.judged},
                             .is_grade = card.is_grade,
                             .rubric_hash = sha256_hex(*rubric),
                             .tests_hash = sha256_hex(request.tests),
                             .growth_rows = static_cast<std::int64_t>(request.growth_rows_max)},
                            app.clock);
    if (!saved) return pass_on(saved);
    return save_counterexamples(opened.attempt, grading.run.verdicts);
}

// One check by itself is evidence, not a grade: nothing is scored and nothing recorded.
Result<int> print_only(const App& app, const OpenedAttempt& opened, const GradeOptions& options,
                       const Grading& grading) {
    if (grading.run.verdicts.empty()) {
        return usage_error(
            fmt::format("expected the name of a check after --only, found {}; a "
                        "grade lists the checks",
                        options.only));
    }
    const Verdict& verdict = grading.run.verdicts.front();
    if (verdict.cause == Cause::not_run) {
        return usage_error(fmt::format("{} did not run: {}", verdict.check, verdict.message));
    }
    app.console.clear_progress();
    app.console.print(render_fast({.exercise = opened.exercise.slug,
                                   .content_hash = grading.content_hash,
                                   .clock = clock_words(opened, app.clock),
                                   .next = next_command(app, opened, grading.run.verdicts),
                                   .verdicts = grading.run.verdicts},
                                  app.style()));
    return kExitDone;
}

}  // namespace

Result<int> run_grade(App& app, const GradeOptions& options) {
    auto opened = open_which(app, options.which);
    if (!opened) return pass_on(opened);
    // On stderr: stdout may be asked for as JSON.
    auto settled = settle(app, *opened);
    if (!settled) return pass_on(settled);
    const std::string news = settled_text(*settled, *opened);
    if (!news.empty()) app.console.say(news);
    auto request = request_for(*opened);
    if (!request) return pass_on(request);
    auto seed = options.seed ? Result<std::uint64_t>(*options.seed) : new_seed();
    if (!seed) return pass_on(seed);
    request->seed = *seed;
    request->only = options.only;
    request->growth_rows_max = options.growth_rows_max;
    app.console.say(fmt::format("grading {} with seed {}", opened->attempt.name(), *seed));
    const std::int64_t began_ns = app.clock.monotonic_ns();
    auto grading = grade(opened->exercise, *request, app.places, app.cancel_on_interrupt(),
                         app.show_progress(), app.clock);
    if (!grading) return pass_on(grading);
    if (grading->run.is_cancelled) return interrupted(*opened);
    if (!options.only.empty()) return print_only(app, *opened, options, *grading);

    auto card = make_scorecard(app, *opened, *request, *grading, began_ns);
    if (!card) return pass_on(card);
    if (auto stored = store(app, *opened, *request, *grading, *card); !stored)
        return pass_on(stored);
    app.console.clear_progress();
    app.console.print(render(*card, options.format, app.style()));
    if (!card->is_grade) app.console.say("NOT A GRADE: " + card->notice);
    const bool is_enough = !options.require || (card->is_grade && card->earned >= *options.require);
    return is_enough ? kExitDone : kExitBelowRequired;
}

}  // namespace onsite
