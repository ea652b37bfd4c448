#include "harness/progress/standing.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "harness/attempt/grade_store.hpp"
#include "harness/scoring/scorecard_json.hpp"

namespace onsite {

Standing standing_in(const Exercise& exercise, std::span<const Attempt> attempts) {
    Standing standing{
        .slug = exercise.slug, .section = exercise.section, .minutes = exercise.minutes};
    for (const Attempt& attempt : attempts) {
        const AttemptState& state = attempt.state;
        if (state.exercise != exercise.slug) continue;
        ++standing.attempts;
        standing.ungraded = state.grades == 0 ? attempt.name() : "";
        standing.is_ungraded_sealed = state.grades == 0 && state.seal.has_value();
        if (state.latest) {
            standing.latest = state.latest;
            standing.trend.push_back(percent_of(*state.latest));
        }
        if (state.best && is_better(*state.best, standing.best)) {
            standing.best = state.best;
            standing.best_attempt = attempt.name();
            standing.best_grade = state.best_grade;
        }
    }
    return standing;
}

int percent_of(const Score& score) {
    return score.judged > 0 ? 100 * score.earned / score.judged : 0;
}

std::string sparkline(std::span<const int> percents) {
    static constexpr std::array kBlocks = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    std::string line;
    for (const int percent : percents) {
        const auto height = static_cast<std::size_t>(std::clamp(percent, 0, 100)) * 7 / 100;
        line += kBlocks[height];
    }
    return line;
}

Result<Scorecard> score_again(const Attempt& attempt, int grade, const Rubric& rubric) {
    auto stored = load_grade(attempt, grade);
    if (!stored) return pass_on(stored);
    auto facts = grade_facts_from_text(stored->scorecard_json,
                                       fmt::format("grade {} of {}", grade, attempt.name()));
    if (!facts) return pass_on(facts);
    return score(rubric, stored->verdicts, std::move(*facts));
}

}  // namespace onsite
