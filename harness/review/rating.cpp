#include "harness/review/rating.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite {
namespace {

Result<std::string> checked_comment(const std::string& comment, const Snippets& snippets) {
    std::string filled = with_snippets(comment, snippets);
    if (filled.size() <= kCommentBytesMax) return filled;
    return usage_error(fmt::format("expected a comment of at most {} bytes, found {}",
                                   kCommentBytesMax, filled.size()));
}

Result<std::vector<std::string>> checked_anchors(const CriterionResult& criterion,
                                                 const std::vector<std::string>& words,
                                                 const AnchorPlaces& places) {
    const std::string& id = criterion.criterion.id;
    if (words.empty()) {
        return usage_error(fmt::format("a level of {} needs an anchor: {}", id, kAnchorForms));
    }
    if (words.size() > kAnchorsMax) {
        return usage_error(fmt::format("expected at most {} anchors for {}, found {}", kAnchorsMax,
                                       id, words.size()));
    }
    std::vector<std::string> anchors;
    for (const std::string& word : words) {
        auto anchor = checked_anchor(word, places);
        if (!anchor) return pass_on(anchor);
        anchors.push_back(std::move(*anchor));
    }
    return anchors;
}

}  // namespace

Result<ReviewEvent> rating_event(const CriterionResult& criterion, const GivenRating& given,
                                 const AnchorPlaces& places, const Snippets& snippets) {
    const std::string& id = criterion.criterion.id;
    if (criterion.open == OpenReason::not_revealed) {
        return usage_error(fmt::format("{} was not asked of the candidate: {}", id, criterion.why));
    }
    if (given.level < 1 || given.level > kLevelMax) {
        return usage_error(fmt::format("expected a level from 1 to {} for {}, found {}", kLevelMax,
                                       id, given.level));
    }
    auto anchors = checked_anchors(criterion, given.anchors, places);
    if (!anchors) return pass_on(anchors);
    auto comment = checked_comment(given.comment, snippets);
    if (!comment) return pass_on(comment);
    if (criterion.level && *criterion.level != given.level && comment->empty()) {
        return usage_error(fmt::format(
            "the checks found level {} of {}; another level needs a comment that says why",
            *criterion.level, id));
    }
    return ReviewEvent{.kind = ReviewEventKind::rated,
                       .criterion = id,
                       .level = given.level,
                       .anchors = std::move(*anchors),
                       .comment = std::move(*comment)};
}

Result<ReviewEvent> signal_event(const std::string& word, const std::string& because,
                                 const Snippets& snippets) {
    const auto signal = hire_signal_from(word);
    if (!signal) {
        return usage_error(
            fmt::format("expected the signal strong_no, no, yes or strong_yes, found \"{}\"",
                        word.substr(0, 40)));
    }
    auto reason = checked_comment(because, snippets);
    if (!reason) return pass_on(reason);
    if (reason->empty()) {
        return usage_error("a hire signal needs a reason: --because \"...\", or words after it");
    }
    return ReviewEvent{
        .kind = ReviewEventKind::signalled, .signal = *signal, .because = std::move(*reason)};
}

std::vector<std::string> still_to_rate(const Scorecard& card, const Ballot& ballot) {
    std::vector<std::string> ids;
    for (const CriterionResult& result : card.criteria) {
        const bool is_for_a_person = result.open == OpenReason::person;
        if (is_for_a_person && !ballot.ratings.contains(result.criterion.id)) {
            ids.push_back(result.criterion.id);
        }
    }
    return ids;
}

Result<ReviewEvent> completion_event(const Scorecard& card, const Ballot& ballot) {
    const std::vector<std::string> missing = still_to_rate(card, ballot);
    if (missing.empty()) return ReviewEvent{.kind = ReviewEventKind::completed};
    return usage_error(
        fmt::format("still to rate before the review is complete: {}", fmt::join(missing, ", ")));
}

}  // namespace onsite
