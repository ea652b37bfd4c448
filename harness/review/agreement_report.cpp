#include "harness/review/agreement_report.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/json.hpp"
#include "harness/review/sealing.hpp"

namespace onsite {
namespace {

bool is_open(const ReviewedAttempt& attempt) {
    const auto revealed = std::ranges::count_if(
        attempt.reviews, [](const Review& review) { return review.first().is_revealed; });
    return static_cast<std::size_t>(revealed) >= kReviewersToReveal;
}

std::optional<int> level_in(const Ballot& ballot, const std::string& criterion) {
    const auto found = ballot.ratings.find(criterion);
    if (found == ballot.ratings.end()) return std::nullopt;
    return found->second.level;
}

// Every criterion that anybody rated in the open attempts.
std::set<std::string> rated_criteria(std::span<const ReviewedAttempt> attempts) {
    std::set<std::string> names;
    for (const ReviewedAttempt& attempt : attempts) {
        for (const Review& review : attempt.reviews) {
            for (const auto& [name, rating] : review.first().independent.ratings) {
                names.insert(name);
            }
        }
    }
    return names;
}

std::vector<RatedUnit> units_of(std::span<const ReviewedAttempt> attempts,
                                const std::string& criterion) {
    std::vector<RatedUnit> units;
    for (const ReviewedAttempt& attempt : attempts) {
        RatedUnit unit;
        for (const Review& review : attempt.reviews) {
            if (!review.first().is_revealed) continue;
            if (const auto level = level_in(review.first().independent, criterion)) {
                unit.push_back(level);
            }
        }
        if (unit.size() >= kReviewersToReveal) units.push_back(std::move(unit));
    }
    return units;
}

CriterionAgreement measured(std::string name, const std::vector<RatedUnit>& units,
                            std::uint64_t seed) {
    return {.criterion = std::move(name),
            .units = static_cast<int>(units.size()),
            .alpha = krippendorff_alpha(units, Distance::ordinal),
            .interval = bootstrap_interval(units, Distance::ordinal, seed)};
}

using PairsByNames = std::map<std::pair<std::string, std::string>, std::vector<RatedPair>>;

void add_pairs(const Review& one, const Review& other, PairsByNames& pairs) {
    if (!one.first().is_revealed || !other.first().is_revealed) return;
    for (const auto& [criterion, rating] : one.first().independent.ratings) {
        const auto level = level_in(other.first().independent, criterion);
        if (!level) continue;
        const bool in_order = one.reviewer < other.reviewer;
        const auto names = in_order ? std::pair(one.reviewer, other.reviewer)
                                    : std::pair(other.reviewer, one.reviewer);
        pairs[names].push_back(in_order ? RatedPair{rating.level, *level}
                                        : RatedPair{*level, rating.level});
    }
}

std::vector<PairAgreement> pairs_of(std::span<const ReviewedAttempt> attempts) {
    PairsByNames pairs;
    for (const ReviewedAttempt& attempt : attempts) {
        for (std::size_t i = 0; i < attempt.reviews.size(); ++i) {
            for (std::size_t j = i + 1; j < attempt.reviews.size(); ++j) {
                add_pairs(attempt.reviews[i], attempt.reviews[j], pairs);
            }
        }
    }
    std::vector<PairAgreement> found;
    for (const auto& [names, rated] : pairs) {
        found.push_back({.one = names.first,
                         .other = names.second,
                         .kappa = weighted_kappa(rated, Weighting::quadratic),
                         .consistency = consistency(rated)});
    }
    return found;
}

// A second round is a duplicate of the first, of whichever attempt, open or sealed.
std::vector<SelfAgreement> selves_of(std::span<const ReviewedAttempt> attempts) {
    std::map<std::string, std::vector<RatedPair>> pairs;
    for (const ReviewedAttempt& attempt : attempts) {
        for (const Review& review : attempt.reviews) {
            for (std::size_t round = 1; round < review.rounds.size(); ++round) {
                if (!review.rounds[round].is_complete) continue;
                for (const auto& [criterion, rating] : review.rounds[round].ballot.ratings) {
                    const auto before = level_in(review.rounds[round - 1].independent, criterion);
                    if (before) pairs[review.reviewer].push_back({*before, rating.level});
                }
            }
        }
    }
    std::vector<SelfAgreement> found;
    for (const auto& [reviewer, rated] : pairs) {
        found.push_back({.reviewer = reviewer,
                         .consistency = consistency(rated),
                         .kappa = weighted_kappa(rated, Weighting::quadratic)});
    }
    return found;
}

std::string decimals_or_dash(std::optional<double> number) {
    return number ? three_decimals(*number) : "–";
}

Json decimals_or_null(std::optional<double> number) {
    return number ? Json(three_decimals(*number)) : Json();
}

Json to_json(const Consistency& found) {
    return {{"pairs", found.pairs},
            {"equal", found.equal},
            {"within_one", found.within_one},
            {"sum_of_shifts", found.sum_of_shifts}};
}

std::string criterion_line(const CriterionAgreement& one) {
    std::string line =
        fmt::format("  {:<16} {:>8}  {:>6}", one.criterion, one.units, decimals_or_dash(one.alpha));
    if (one.interval) {
        line += fmt::format("  {:>6} to {}", three_decimals(one.interval->low),
                            three_decimals(one.interval->high));
    }
    if (one.alpha) line += "  " + alpha_words(*one.alpha, one.units);
    return line + '\n';
}

}  // namespace

AgreementReport agreement_of(std::span<const ReviewedAttempt> attempts, std::uint64_t seed) {
    AgreementReport report;
    std::vector<ReviewedAttempt> open;
    for (const ReviewedAttempt& attempt : attempts) {
        if (is_open(attempt)) {
            open.push_back(attempt);
        } else if (!attempt.reviews.empty()) {
            ++report.sealed;
        }
    }
    report.attempts = static_cast<int>(open.size());
    std::vector<RatedUnit> all;
    for (const std::string& criterion : rated_criteria(open)) {
        const std::vector<RatedUnit> units = units_of(open, criterion);
        all.insert(all.end(), units.begin(), units.end());
        report.criteria.push_back(measured(criterion, units, seed));
    }
    report.criteria.push_back(measured("all", all, seed));
    report.pairs = pairs_of(open);
    report.selves = selves_of(attempts);
    return report;
}

std::string consistency_words(const Consistency& found, std::optional<double> kappa) {
    return fmt::format("{} of {} equal, {} within one level, kappa {}", found.equal, found.pairs,
                       found.within_one, decimals_or_dash(kappa));
}

std::string agreement_text(const AgreementReport& report) {
    std::string text = fmt::format("{} attempt{} reviewed by two or more", report.attempts,
                                   report.attempts == 1 ? "" : "s");
    if (report.sealed > 0) text += fmt::format("; {} left out, still sealed", report.sealed);
    text += fmt::format("\n\n  {:<16} {:>8}  {:>6}  {}\n", "criterion", "attempts", "alpha",
                        "95 % interval");
    for (const CriterionAgreement& one : report.criteria) text += criterion_line(one);
    if (!report.pairs.empty()) text += "\n";
    for (const PairAgreement& pair : report.pairs) {
        text += fmt::format("  {} and {}: {}\n", pair.one, pair.other,
                            consistency_words(pair.consistency, pair.kappa));
    }
    for (const SelfAgreement& self : report.selves) {
        text += fmt::format("  {} with themselves: {}\n", self.reviewer,
                            consistency_words(self.consistency, self.kappa));
    }
    return text;
}

Json to_json(const AgreementReport& report) {
    Json criteria = Json::array();
    for (const CriterionAgreement& one : report.criteria) {
        Json json = {{"criterion", one.criterion},
                     {"units", one.units},
                     {"alpha", decimals_or_null(one.alpha)},
                     {"low", nullptr},
                     {"high", nullptr}};
        if (one.interval) {
            json["low"] = three_decimals(one.interval->low);
            json["high"] = three_decimals(one.interval->high);
        }
        criteria.push_back(std::move(json));
    }
    Json pairs = Json::array();
    for (const PairAgreement& pair : report.pairs) {
        pairs.push_back({{"one", pair.one},
                         {"other", pair.other},
                         {"kappa", decimals_or_null(pair.kappa)},
                         {"consistency", to_json(pair.consistency)}});
    }
    Json selves = Json::array();
    for (const SelfAgreement& self : report.selves) {
        selves.push_back({{"reviewer", self.reviewer},
                          {"kappa", decimals_or_null(self.kappa)},
                          {"consistency", to_json(self.consistency)}});
    }
    return {{"attempts", report.attempts},
            {"sealed", report.sealed},
            {"criteria", criteria},
            {"pairs", pairs},
            {"selves", selves}};
}

}  // namespace onsite
