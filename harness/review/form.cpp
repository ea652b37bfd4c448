#include "harness/review/form.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/parse_number.hpp"

namespace onsite {
namespace {

struct Entry {
    std::string criterion;
    std::string value;
};

Result<Entry> split(const std::string& text, const char* option, const Scorecard& card) {
    const std::size_t equals = text.find('=');
    if (equals == text.npos) {
        return usage_error(
            fmt::format("expected {} CRITERION=VALUE, found \"{}\"", option, text.substr(0, 80)));
    }
    Entry entry{.criterion = text.substr(0, equals), .value = text.substr(equals + 1)};
    std::vector<std::string> known;
    for (const CriterionResult& result : card.criteria) known.push_back(result.criterion.id);
    if (std::ranges::find(known, entry.criterion) != known.end()) return entry;
    return usage_error(fmt::format("expected {} with one of {}, found \"{}\"", option,
                                   fmt::join(known, ", "), entry.criterion.substr(0, 80)));
}

using Ratings = std::map<std::string, GivenRating>;

Result<Ratings> given_levels(const ReviewForm& form, const Scorecard& card) {
    Ratings ratings;
    for (const std::string& text : form.levels) {
        auto entry = split(text, "--set", card);
        if (!entry) return pass_on(entry);
        const auto level = parse_number<int>(entry->value);
        if (!level) {
            return usage_error(fmt::format("expected a level from 1 to 4 for {}, found \"{}\"",
                                           entry->criterion, entry->value.substr(0, 40)));
        }
        ratings[entry->criterion].level = *level;
    }
    return ratings;
}

// The rating that an anchor or a comment belongs to.
Result<GivenRating*> rating_of(Ratings& ratings, const std::string& criterion) {
    const auto found = ratings.find(criterion);
    if (found != ratings.end()) return &found->second;
    return usage_error(
        fmt::format("expected --set {0}=LEVEL beside what is said about {0}", criterion));
}

Result<Ratings> given_ratings(const ReviewForm& form, const Scorecard& card) {
    auto ratings = given_levels(form, card);
    if (!ratings) return ratings;
    for (const std::string& text : form.anchors) {
        auto entry = split(text, "--anchor", card);
        if (!entry) return pass_on(entry);
        auto rating = rating_of(*ratings, entry->criterion);
        if (!rating) return pass_on(rating);
        (*rating)->anchors.push_back(entry->value);
    }
    for (const std::string& text : form.comments) {
        auto entry = split(text, "--comment", card);
        if (!entry) return pass_on(entry);
        auto rating = rating_of(*ratings, entry->criterion);
        if (!rating) return pass_on(rating);
        (*rating)->comment = entry->value;
    }
    return ratings;
}

}  // namespace

bool ReviewForm::is_empty() const {
    return levels.empty() && anchors.empty() && comments.empty() && signal.empty() &&
           because.empty() && !is_done;
}

Result<std::vector<ReviewEvent>> events_of_form(const ReviewForm& form, const Scorecard& card,
                                                const Review& review, const AnchorPlaces& places,
                                                const Snippets& snippets) {
    auto ratings = given_ratings(form, card);
    if (!ratings) return pass_on(ratings);
    std::vector<ReviewEvent> events;
    Ballot ballot = review.current().ballot;
    for (const CriterionResult& result : card.criteria) {
        const auto given = ratings->find(result.criterion.id);
        if (given == ratings->end()) continue;
        auto event = rating_event(result, given->second, places, snippets);
        if (!event) return pass_on(event);
        ballot.ratings[event->criterion].level = event->level;
        events.push_back(std::move(*event));
    }
    if (!form.signal.empty() || !form.because.empty()) {
        auto event = signal_event(form.signal, form.because, snippets);
        if (!event) return pass_on(event);
        events.push_back(std::move(*event));
    }
    if (form.is_done) {
        auto event = completion_event(card, ballot);
        if (!event) return pass_on(event);
        events.push_back(std::move(*event));
    }
    return events;
}

}  // namespace onsite
