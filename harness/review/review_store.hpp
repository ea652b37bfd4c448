// The reviews of one attempt on the disk: a folder with one log for each reviewer. Whatever is
// interrupted, a rating that was acknowledged is there, and a torn line is left out.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/error.hpp"
#include "harness/review/review.hpp"

namespace onsite {

inline constexpr std::size_t kReviewerNameMax = 40;
inline constexpr int kReviewersMax = 100;

// <attempt>/.onsite/reviews
std::filesystem::path reviews_of(const std::filesystem::path& attempt);

// Letters, digits, '-' and '_': it becomes the name of a file. Errors: usage.
Result<void> check_reviewer_name(std::string_view name);

// Has no rounds when the reviewer has not begun. Errors: usage, with the number of the bad line,
// also when a line was changed, taken out or put in.
Result<Review> load_review(const std::filesystem::path& reviews, const std::string& reviewer);

// Those who have begun, by name. Errors: as load_review.
Result<std::vector<Review>> load_reviews(const std::filesystem::path& reviews);

// Appends the events with the time of now and returns the review as it is then. None is written
// when one of them cannot follow; a crash while they are written keeps the first ones. Errors: as
// load_review; usage, when one cannot follow; tool.
Result<Review> append_review(const std::filesystem::path& reviews, const std::string& reviewer,
                             std::span<const ReviewEvent> events, Clock& clock);

}  // namespace onsite
