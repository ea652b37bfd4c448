// A review as a conversation: lines of a reviewer in, events and text out. It reads no terminal and
// writes no file, so a person, a pipe and a test use the same one.
//
//     3 reconcile.cpp:14 :names but the loop is long     a level, what it rests on, why
//     n, b, g money                                      next ungraded, back, go to
//     d, c                                               beside the reference; where they disagree
//     signal yes because ...   done   q                  whether to hire; complete; later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/report/reviewing.hpp"
#include "harness/review/rating.hpp"

namespace onsite {

inline constexpr std::size_t kSessionLineBytesMax = 16 * 1024;

struct SessionStep {
    enum class Then { ask, show_criterion, show_difference, show_disagreements, leave };
    std::string message = {};              // Printed first; empty, or ends with a newline.
    std::vector<ReviewEvent> events = {};  // To be stored, then told to accept(), before the rest.
    Then then = Then::ask;
};

class ReviewSession {
public:
    struct Setting {
        Scorecard card;  // As the reviewer may see it.
        AnchorPlaces places;
        Snippets snippets;
        TextStyle style;
    };

    // Stands at the first criterion that is still to rate. REQUIRES: the review has begun and the
    // card has criteria.
    ReviewSession(Setting setting, Review review);

    std::string criterion() const;  // As render_criterion shows it.
    std::string prompt() const;

    // Whatever the line is, the step says something; nothing but events changes the review.
    SessionStep take(std::string_view line);
    // The review after the events of a step were stored.
    void accept(Review review);

private:
    const CriterionResult& result() const { return setting_.card.criteria[at_]; }
    const Ballot& ballot() const { return review_.current().ballot; }
    const PersonRating* mine() const;
    bool is_ungraded(std::size_t position) const;
    std::optional<std::size_t> next_ungraded() const;
    std::vector<std::string> suggested_anchors() const;

    SessionStep rate(int level, std::string_view words);
    SessionStep rate_with(const GivenRating& given);
    SessionStep answer_anchor(std::string_view words);
    SessionStep go_next();
    SessionStep go_back();
    SessionStep go_to(std::string_view id);
    SessionStep signal(std::string_view words);
    SessionStep complete();

    Setting setting_;
    Review review_;
    std::size_t at_ = 0;
    std::optional<int> level_without_anchor_;
};

}  // namespace onsite
