// When a review may be seen by others. Whoever has seen another's scores no longer gives their own:
// reviews stay sealed until every reviewer who began is done, and two are there.
//
// The seal holds for everything that Onsite shows. The logs are files; who opens them breaks it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/review/review.hpp"

namespace onsite {

inline constexpr std::size_t kReviewersToReveal = 2;

// The reviewers whose review is opened by a reveal now; empty when all are open already.
// Errors: usage, when fewer than two are complete, when somebody is still at it, or when they
// reviewed different answers.
Result<std::vector<std::string>> reviewers_to_reveal(std::span<const Review> reviews);

// The ballots that may be shown: of all who were revealed, or of the only reviewer there is.
// Errors: usage, saying what is missing.
Result<std::vector<Ballot>> ballots_to_show(std::span<const Review> reviews);

}  // namespace onsite
