#include "harness/progress/advice.hpp"

#include <fmt/format.h>

namespace onsite {
namespace {

// What the criterion still has to give; 0 when it stayed open.
int points_lost(const CriterionResult& result) {
    return result.level ? result.criterion.weight - result.points : 0;
}

// Nothing when no criterion that was judged lost a point.
const CriterionResult* weakest(const Scorecard& card) {
    const CriterionResult* found = nullptr;
    for (const CriterionResult& result : card.criteria) {
        if (points_lost(result) == 0) continue;
        const bool is_weaker =
            found == nullptr || *result.level < *found->level ||
            (*result.level == *found->level && points_lost(result) > points_lost(*found));
        if (is_weaker) found = &result;
    }
    return found;
}

Advice go_on_with(const Standing& standing) {
    if (standing.is_ungraded_sealed) {
        return {.what = standing.slug,
                .why = fmt::format("{} is sealed and has no grade yet", standing.ungraded),
                .command = "./onsite grade " + standing.ungraded};
    }
    return {.what = standing.slug,
            .why = fmt::format("{} is begun and has no grade yet", standing.ungraded),
            .command = "./onsite check " + standing.ungraded};
}

Advice win_back(const Practised& section, const CriterionResult& result) {
    return {
        .what = section.standing.slug,
        .why = fmt::format("\"{}\" is at level {} of {}: {} points to win", result.criterion.title,
                           *result.level, kLevelMax, points_lost(result)),
        .command = fmt::format("./onsite start {} --new", section.standing.slug)};
}

}  // namespace

Advice advise(std::span<const Practised> sections) {
    for (const Practised& section : sections) {
        if (!section.standing.ungraded.empty()) return go_on_with(section.standing);
    }
    const Practised* lowest = nullptr;
    for (const Practised& section : sections) {
        const Standing& standing = section.standing;
        if (standing.attempts == 0) {
            return {.what = standing.slug,
                    .why = fmt::format("{} was never tried", standing.section),
                    .command = "./onsite start " + standing.slug};
        }
        if (!section.best || weakest(*section.best) == nullptr) continue;
        if (lowest == nullptr || percent_of(*standing.best) < percent_of(*lowest->standing.best)) {
            lowest = &section;
        }
    }
    if (lowest != nullptr) return win_back(*lowest, *weakest(*lowest->best));
    return {.what = "loop",
            .why =
                "every section has all the points that checks can give: take them in one go, "
                "against the clock",
            .command = "./onsite loop"};
}

}  // namespace onsite
