#include "harness/scoring/ballot.hpp"

#include <algorithm>
#include <cstdlib>
#include <span>

#include "harness/scoring/adding_up.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {
namespace {

bool may_be_rated(const CriterionResult& result) { return result.open != OpenReason::not_revealed; }

// The lower median; for two reviewers, the lower of two levels.
int lower_median(const std::vector<PersonRating>& ratings) {
    std::vector<int> levels;
    for (const PersonRating& rating : ratings) levels.push_back(rating.level);
    std::ranges::sort(levels);
    return levels[(levels.size() - 1) / 2];
}

void decide(CriterionResult& result) {
    const int level = lower_median(result.ratings);
    result.level = level;
    result.open = std::nullopt;
    result.percent = 0;
    result.points = points_of(result.criterion.weight, level);
    result.why = result.criterion.levels[static_cast<std::size_t>(level - 1)].behaviour;
}

}  // namespace

std::string_view to_string(HireSignal signal) {
    switch (signal) {
        case HireSignal::strong_no:
            return "strong_no";
        case HireSignal::no:
            return "no";
        case HireSignal::yes:
            return "yes";
        case HireSignal::strong_yes:
            return "strong_yes";
    }
    std::abort();
}

std::optional<HireSignal> hire_signal_from(std::string_view word) {
    using enum HireSignal;
    for (const HireSignal signal : {strong_no, no, yes, strong_yes}) {
        if (word == to_string(signal)) return signal;
    }
    return std::nullopt;
}

Scorecard with_ballots(const Rubric& rubric, Scorecard card, std::span<const Ballot> ballots) {
    for (const Ballot& ballot : ballots) {
        if (ballot.signal) card.signals.push_back(*ballot.signal);
    }
    for (CriterionResult& result : card.criteria) {
        if (!may_be_rated(result)) continue;
        for (const Ballot& ballot : ballots) {
            const auto found = ballot.ratings.find(result.criterion.id);
            if (found != ballot.ratings.end()) result.ratings.push_back(found->second);
        }
        if (!result.ratings.empty()) decide(result);
    }
    add_up(rubric, card);
    return card;
}

}  // namespace onsite
