// A review as the options of one command, for who has no terminal:
//     --set clarity=3 --anchor clarity=reconcile.cpp:14 --comment clarity="..." --done
#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"
#include "harness/review/rating.hpp"

namespace onsite {

struct ReviewForm {
    std::vector<std::string> levels;    // "clarity=3"
    std::vector<std::string> anchors;   // "clarity=reconcile.cpp:14", several for one criterion.
    std::vector<std::string> comments;  // "clarity=..."
    std::string signal;                 // Empty: none is given.
    std::string because;
    bool is_done = false;

    bool is_empty() const;
};

// The events that the form asks for, the completion last. Errors: usage: as rating_event and the
// others, an entry without "=", an unknown criterion, an anchor or a comment without a level.
Result<std::vector<ReviewEvent>> events_of_form(const ReviewForm& form, const Scorecard& card,
                                                const Review& review, const AnchorPlaces& places,
                                                const Snippets& snippets);

}  // namespace onsite
