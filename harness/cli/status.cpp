#include <fmt/format.h>

#include "harness/cli/commands.hpp"

namespace onsite {
namespace {

struct Standing {
    int attempts = 0;
    std::optional<Score> best;
    const Attempt* latest = nullptr;
};

Standing standing_in(const Exercise& exercise, const std::vector<Attempt>& attempts) {
    Standing standing;
    for (const Attempt& attempt : attempts) {
        if (attempt.state.exercise != exercise.slug) continue;
        ++standing.attempts;
        standing.latest = &attempt;
        const auto& best = attempt.state.best;
        if (best && (!standing.best || best->earned > standing.best->earned)) standing.best = best;
    }
    return standing;
}

std::string next_step(const Exercise& exercise, const Standing& standing) {
    if (standing.latest == nullptr) return "./onsite start " + exercise.slug;
    if (standing.latest->state.grades == 0) return "./onsite grade " + standing.latest->name();
    return "./onsite start " + exercise.slug + " --new";
}

}  // namespace

Result<int> run_status(App& app) {
    auto list = list_attempts(app.places.attempts);
    if (!list) return pass_on(list);
    app.console.print(fmt::format("{:<18}{:<16}{:>9}{:>9}{:>12}  next\n", "section", "slug",
                                  "minutes", "attempts", "best"));
    for (const Exercise& exercise : app.catalog) {
        const Standing standing = standing_in(exercise, list->attempts);
        const std::string best =
            standing.best ? fmt::format("{} of {}", standing.best->earned, standing.best->judged)
                          : "-";
        app.console.print(fmt::format("{:<18}{:<16}{:>9}{:>9}{:>12}  {}\n", exercise.section,
                                      exercise.slug, exercise.minutes, standing.attempts, best,
                                      next_step(exercise, standing)));
    }
    for (const Error& problem : list->problems) app.console.complain(problem.message);
    return kExitDone;
}

}  // namespace onsite
