// How far reviewers agree over all the attempts of a section that several of them reviewed: for
// each criterion, for each pair of reviewers, and for each reviewer with themselves.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "harness/agreement/alpha.hpp"
#include "harness/agreement/pairs.hpp"
#include "harness/review/review.hpp"

namespace onsite {

// All reviews of one attempt.
struct ReviewedAttempt {
    std::string attempt;
    std::vector<Review> reviews;
};

struct CriterionAgreement {
    std::string criterion;        // "all": the criteria together, each rating of an attempt a unit.
    int units = 0;                // Attempts that two or more rated.
    std::optional<double> alpha;  // Ordinal.
    std::optional<AlphaInterval> interval;
};

struct PairAgreement {
    std::string one;
    std::string other;
    std::optional<double> kappa;  // Quadratic weights.
    Consistency consistency;
};

struct SelfAgreement {
    std::string reviewer;
    Consistency consistency;  // The first round beside the one after it.
    std::optional<double> kappa;
};

struct AgreementReport {
    std::vector<CriterionAgreement> criteria;  // By name; "all" last.
    std::vector<PairAgreement> pairs;
    std::vector<SelfAgreement> selves;  // Those with a second round.
    int attempts = 0;
    int sealed = 0;  // Attempts whose reviews are not revealed: left out.
};

// Only votes from before the reveal count: later ones are no longer independent.
// Deterministic; the order of attempts and reviewers does not matter but for the interval.
AgreementReport agreement_of(std::span<const ReviewedAttempt> attempts, std::uint64_t seed);

std::string agreement_text(const AgreementReport& report);
// Form: docs/reference/schemas/agreement.schema.json. Figures are text with three decimals.
nlohmann::json to_json(const AgreementReport& report);

// "4 of 5 equal, 5 within one level, kappa 0.783": one line about two sequences of levels.
std::string consistency_words(const Consistency& consistency, std::optional<double> kappa);

}  // namespace onsite
