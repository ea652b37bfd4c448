// A small scorecard that is reviewed, a folder for its reviews and files to point at.
#pragma once

#include <string>
#include <vector>

#include "base/clock.hpp"
#include "harness/review/rating.hpp"
#include "harness/review/review_store.hpp"
#include "tests/support/command.hpp"
#include "tests/unit/scoring/small_rubric.hpp"

namespace onsite::testing {

// polite is decided by the checks (level 4), many is not revealed, clear is for a person.
inline Scorecard small_card() {
    const std::vector verdicts = {passed("says_hello", 3, "all greeted"),
                                  passed("says_goodbye", 3, "all greeted"),
                                  not_run("greets_a_million", "revealed by follow-up 1")};
    return score(small_rubric(), verdicts, small_facts());
}

inline ReviewEvent began(int round = 1) {
    return {.kind = ReviewEventKind::began,
            .round = round,
            .grade = 1,
            .content_hash = std::string(64, 'a'),
            .rubric_version = 1};
}

inline ReviewEvent rated(int level, const std::string& criterion = "clear") {
    return {.kind = ReviewEventKind::rated,
            .criterion = criterion,
            .level = level,
            .anchors = {"greet.cpp:2"},
            .comment = "short"};
}

inline ReviewEvent completed() { return {.kind = ReviewEventKind::completed}; }
inline ReviewEvent revealed() { return {.kind = ReviewEventKind::revealed, .with = {"other"}}; }

// The fold over the events.
inline Review review_of(const std::string& reviewer, const std::vector<ReviewEvent>& events) {
    Review review{.reviewer = reviewer, .rounds = {}};
    for (const ReviewEvent& event : events) review = next_review(review, event).value();
    return review;
}

class ReviewFixture : public ::testing::Test {
protected:
    ReviewFixture() { write_text(folder_.path() / "greet.cpp", "int main() {\n}\n"); }

    AnchorPlaces places() const {
        return {.folder = folder_.path(),
                .cases = {"says_hello", "says_goodbye"},
                .events = 4,
                .minutes = 25};
    }
    std::filesystem::path reviews() const { return reviews_of(folder_.path()); }
    Result<Review> append(const std::string& reviewer, std::vector<ReviewEvent> events) {
        return append_review(reviews(), reviewer, events, clock_);
    }

    TemporaryFolder folder_;
    SimulatedClock clock_{1'772'359'872'000};
};

}  // namespace onsite::testing
