#include <algorithm>

#include <fmt/format.h>

#include "harness/cli/commands.hpp"
#include "harness/loop/loop_store.hpp"
#include "harness/progress/advice.hpp"

namespace onsite {
namespace {

constexpr std::size_t kTrendMax = 10;  // The latest attempts.

std::string score_words(const std::optional<Score>& score) {
    return score ? fmt::format("{} of {}", score->earned, score->judged) : "-";
}

// The scorecard of the best grade, judged again under today's rubric. A grade that can no longer be
// read gives no advice, and no error either: the table still stands.
std::optional<Scorecard> best_card(const Exercise& exercise, const Standing& standing,
                                   const std::vector<Attempt>& attempts) {
    if (standing.best_grade == 0) return std::nullopt;
    const auto rubric = load_rubric(exercise);
    const auto attempt = std::ranges::find_if(
        attempts, [&](const Attempt& one) { return one.name() == standing.best_attempt; });
    if (!rubric || attempt == attempts.end()) return std::nullopt;
    auto card = score_again(*attempt, standing.best_grade, *rubric);
    if (!card) return std::nullopt;
    return std::move(*card);
}

void print_row(const App& app, const Standing& standing) {
    const auto& trend = standing.trend;
    const std::size_t shown = std::min(trend.size(), kTrendMax);
    app.console.print(fmt::format("{:<30}{:<16}{:>7}{:>9}{:>11}{:>11}  {}\n", standing.section,
                                  standing.slug, standing.minutes, standing.attempts,
                                  score_words(standing.best), score_words(standing.latest),
                                  sparkline(std::span(trend).last(shown))));
}

void print_progress(const App& app, const std::vector<Practised>& sections) {
    const auto tried = std::ranges::count_if(
        sections, [](const Practised& one) { return one.standing.attempts > 0; });
    const auto graded = std::ranges::count_if(
        sections, [](const Practised& one) { return one.standing.best.has_value(); });
    app.console.print(
        fmt::format("\n{} of {} sections tried, {} graded\n", tried, sections.size(), graded));
}

// Complains about an interview that cannot be read, and goes on.
void print_loop(const App& app) {
    const auto loop = latest_loop(app.places.attempts);
    if (!loop) return app.console.complain(loop.error().message);
    if (!loop->has_value() || (*loop)->state.is_finished()) return;
    app.console.print(fmt::format("{} is at section {} of {}: ./onsite loop\n", (*loop)->name(),
                                  (*loop)->state.current() + 1, (*loop)->state.sections.size()));
}

}  // namespace

Result<int> run_status(App& app) {
    auto list = list_attempts(app.places.attempts);
    if (!list) return pass_on(list);
    app.console.print(fmt::format("{:<30}{:<16}{:>7}{:>9}{:>11}{:>11}  {}\n", "section", "slug",
                                  "minutes", "attempts", "best", "latest", "trend"));
    std::vector<Practised> sections;
    for (const Exercise& exercise : app.catalog) {
        Standing standing = standing_in(exercise, list->attempts);
        print_row(app, standing);
        auto card = best_card(exercise, standing, list->attempts);
        sections.push_back({std::move(standing), std::move(card)});
    }
    print_progress(app, sections);
    print_loop(app);
    const Advice advice = advise(sections);
    app.console.print(fmt::format("\nnext   {}\n       because {}\n", advice.command, advice.why));
    for (const Error& problem : list->problems) app.console.complain(problem.message);
    return kExitDone;
}

}  // namespace onsite
