// What one reviewer did with one attempt, as a log that is only ever appended to, and the review
// that follows from it.
//
// Every line carries the hash of the line before it, so that a rating that was changed afterwards
// shows. Form of a line: docs/reference/schemas/review-event.schema.json.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/error.hpp"
#include "harness/scoring/ballot.hpp"

namespace onsite {

enum class ReviewEventKind { began, rated, signalled, completed, revealed };
std::string_view to_string(ReviewEventKind kind);

// Only the members of its kind are written and read.
struct ReviewEvent {
    ReviewEventKind kind = ReviewEventKind::began;
    std::int64_t at_ms = 0;  // Set when it is appended.
    // began
    int round = 1;  // 1, 2, ...: a later round is a blind duplicate of the first.
    int grade = 0;  // The grade of the attempt that is reviewed; 0 where there are none.
    std::string content_hash = {};
    int rubric_version = 1;
    bool is_blind = false;
    // rated
    std::string criterion = {};
    int level = 0;
    std::vector<std::string> anchors = {};
    std::string comment = {};
    // signalled
    HireSignal signal = HireSignal::no;
    std::string because = {};
    // revealed
    std::vector<std::string> with = {};  // The other reviewers.
    bool operator==(const ReviewEvent&) const = default;
};

nlohmann::json to_json(const ReviewEvent& event);
// Errors: usage, naming the place and the member. The member "after" is left to the log.
Result<ReviewEvent> review_event_from_json(const nlohmann::json& value, const std::string& where);

// One time that a reviewer went through the attempt.
struct ReviewRound {
    int grade = 0;
    std::string content_hash;
    int rubric_version = 1;
    bool is_blind = false;
    std::int64_t began_at_ms = 0;
    Ballot ballot;       // As it is now.
    Ballot independent;  // As it was before anybody else's was known: agreement is measured on it.
    bool is_complete = false;
    bool is_revealed = false;
    bool operator==(const ReviewRound&) const = default;
};

// The fold over the log; no rounds when there is none.
struct Review {
    std::string reviewer;
    std::vector<ReviewRound> rounds;

    bool has_begun() const { return !rounds.empty(); }
    // REQUIRES: has_begun(). The first round is the review; later ones only show how far the
    // reviewer agrees with themselves.
    const ReviewRound& first() const { return rounds.front(); }
    const ReviewRound& current() const { return rounds.back(); }
    bool operator==(const Review&) const = default;
};

// Errors: usage, when the event cannot follow: a rating before the beginning, a second round before
// the first is complete.
Result<Review> next_review(Review before, const ReviewEvent& event);

}  // namespace onsite
