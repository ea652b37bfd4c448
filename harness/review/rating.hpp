// What a rating must be to be taken, whichever way it was given: in a conversation, as options of a
// command or through a pipe.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/attempt/anchor.hpp"
#include "harness/review/review.hpp"
#include "harness/review/snippets.hpp"
#include "harness/scoring/scorecard.hpp"

namespace onsite {

inline constexpr std::size_t kCommentBytesMax = 4000;

struct GivenRating {
    int level = 0;
    std::vector<std::string> anchors;
    std::string comment;
};

// The event to append. Errors: usage: a level outside 1 to 4, no anchor or a wrong one, a criterion
// that is not revealed, another level than the checks' without a word of why.
Result<ReviewEvent> rating_event(const CriterionResult& criterion, const GivenRating& given,
                                 const AnchorPlaces& places, const Snippets& snippets);

// Errors: usage, when a hire signal comes without a reason.
Result<ReviewEvent> signal_event(const std::string& signal, const std::string& because,
                                 const Snippets& snippets);

// The criteria that a person has to rate and this ballot does not have yet, in the rubric's order.
std::vector<std::string> still_to_rate(const Scorecard& card, const Ballot& ballot);

// The event that completes a review. Errors: usage, naming what is still to rate.
Result<ReviewEvent> completion_event(const Scorecard& card, const Ballot& ballot);

}  // namespace onsite
