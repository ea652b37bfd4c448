#include "harness/review/sealing.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite {
namespace {

std::vector<std::string> not_complete(std::span<const Review> reviews) {
    std::vector<std::string> names;
    for (const Review& review : reviews) {
        if (!review.first().is_complete) names.push_back(review.reviewer);
    }
    return names;
}

}  // namespace

Result<std::vector<std::string>> reviewers_to_reveal(std::span<const Review> reviews) {
    const std::vector<std::string> busy = not_complete(reviews);
    if (!busy.empty()) {
        return usage_error(fmt::format("the reviews stay sealed: {} began and {} not complete",
                                       fmt::join(busy, ", "), busy.size() == 1 ? "is" : "are"));
    }
    if (reviews.size() < kReviewersToReveal) {
        return usage_error(
            fmt::format("the reviews stay sealed until {} are complete, found {} complete",
                        kReviewersToReveal, reviews.size()));
    }
    std::vector<std::string> names;
    for (const Review& review : reviews) {
        if (review.first().content_hash != reviews.front().first().content_hash) {
            return usage_error(
                fmt::format("{} and {} reviewed different answers (grades {} and {}); expected one "
                            "answer to compare them on",
                            reviews.front().reviewer, review.reviewer,
                            reviews.front().first().grade, review.first().grade));
        }
        if (!review.first().is_revealed) names.push_back(review.reviewer);
    }
    return names;
}

Result<std::vector<Ballot>> ballots_to_show(std::span<const Review> reviews) {
    std::vector<Ballot> ballots;
    for (const Review& review : reviews) {
        const bool is_alone = reviews.size() == 1 && review.first().is_complete;
        if (review.first().is_revealed || is_alone) ballots.push_back(review.first().ballot);
    }
    if (!ballots.empty()) return ballots;
    if (reviews.empty()) return usage_error("expected a review of the attempt, found none");
    if (reviews.size() == 1) {
        return usage_error(fmt::format("expected a complete review, found that {} is still at it",
                                       reviews.front().reviewer));
    }
    return usage_error(
        "the reviews are sealed: expected both to be complete and opened with "
        "--reveal");
}

}  // namespace onsite
