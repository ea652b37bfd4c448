#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/cli/commands.hpp"
#include "harness/desk/conversation.hpp"
#include "harness/desk/review_commands.hpp"
#include "harness/desk/review_subject.hpp"
#include "harness/review/review_store.hpp"
#include "harness/review/sealing.hpp"
#include "harness/review/session.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

fs::path reviews_folder(const OpenedAttempt& opened) { return reviews_of(opened.attempt.folder); }

Sight sight_of(const ReviewOptions& options) {
    return options.is_blind ? Sight::blind : Sight::open;
}

// A round that was begun blind stays blind: its record says so.
Sight sight_of(const ReviewOptions& options, const Review& review) {
    const bool is_blind = review.has_begun() && !options.begins_again && review.current().is_blind;
    return is_blind ? Sight::blind : sight_of(options);
}

// A word that would be ignored is refused: whoever typed it meant something by it.
Result<void> expect_one_thing(const ReviewOptions& options) {
    const int looks =
        int{options.reveals} + int{options.format.has_value()} + int{options.shows_difference};
    const bool also_rates = !options.form.is_empty() || options.begins_again;
    if (looks == 0 || (looks == 1 && !also_rates)) return {};
    return usage_error(
        "expected one thing to do, found several: --reveal, --format and --diff go neither with "
        "one another nor with a rating; type one command for each");
}

// The scorecard of the grade that was reviewed, with the ballots that are not sealed.
struct Reviewed {
    Scorecard card;
    std::vector<Ballot> ballots;
};

Result<Reviewed> load_reviewed(const App& app, const OpenedAttempt& opened,
                               const ReviewOptions& options) {
    auto reviews = load_reviews(reviews_folder(opened));
    if (!reviews) return pass_on(reviews);
    auto ballots = ballots_to_show(*reviews);
    if (!ballots) return pass_on(ballots);
    auto subject = load_subject(app, opened, reviews->front().first().grade, sight_of(options));
    if (!subject) return pass_on(subject);
    Scorecard card = with_ballots(subject->rubric, std::move(subject->card), *ballots);
    return Reviewed{subject->blindfold.hide(std::move(card)), std::move(*ballots)};
}

Result<int> export_review(const App& app, const OpenedAttempt& opened,
                          const ReviewOptions& options) {
    auto reviewed = load_reviewed(app, opened, options);
    if (!reviewed) return pass_on(reviewed);
    app.console.print(render(reviewed->card, *options.format, app.style()));
    return kExitDone;
}

Result<int> reveal(App& app, const OpenedAttempt& opened, const ReviewOptions& options) {
    const fs::path folder = reviews_folder(opened);
    auto reviews = load_reviews(folder);
    if (!reviews) return pass_on(reviews);
    auto names = reviewers_to_reveal(*reviews);
    if (!names) return pass_on(names);
    for (const std::string& name : *names) {
        ReviewEvent event{.kind = ReviewEventKind::revealed};
        for (const Review& review : *reviews) {
            if (review.reviewer != name) event.with.push_back(review.reviewer);
        }
        auto stored = append_review(folder, name, std::span(&event, 1), app.clock);
        if (!stored) return pass_on(stored);
    }
    auto reviewed = load_reviewed(app, opened, options);
    if (!reviewed) return pass_on(reviewed);
    app.console.print(render_side_by_side(reviewed->card, reviewed->ballots, app.style()));
    app.console.print(fmt::format(
        "\nWhere they differ, the lower level counts until both say the same. A second vote is\n"
        "marked as one: ./onsite review {} --as NAME\n",
        reviewed->card.facts.attempt));
    return kExitDone;
}

Result<int> show_difference(const App& app, const OpenedAttempt& opened,
                            const ReviewOptions& options) {
    // A look needs no reviewer, but one who began blind must not see more by it.
    const auto reviewer = reviewer_name(options.reviewer);
    const auto review = load_review(reviews_folder(opened), reviewer.value_or(""));
    auto subject = load_subject(app, opened, 0, sight_of(options, review.value_or(Review{})));
    if (!subject) return pass_on(subject);
    if (auto shown = print_difference(app, *subject); !shown) return pass_on(shown);
    print_disagreements(app, *subject);
    return kExitDone;
}

ReviewEvent beginning_of_round(const ReviewSubject& subject, const Review& review,
                               const ReviewOptions& options) {
    return {.kind = ReviewEventKind::began,
            .round = static_cast<int>(review.rounds.size()) + 1,
            .grade = subject.grade,
            .content_hash = subject.card.facts.content_hash,
            .rubric_version = subject.rubric.version,
            .is_blind = options.is_blind};
}

void tell_what_is_next(const App& app, const ReviewSubject& subject, const Review& review,
                       const Scorecard& card) {
    const std::vector<std::string> missing = still_to_rate(card, review.current().ballot);
    if (!missing.empty()) {
        app.console.say(fmt::format("still to rate: {}", fmt::join(missing, ", ")));
    } else if (!review.current().is_complete) {
        app.console.say("everything that needs a person is rated; complete it with --done");
    } else {
        app.console.say(
            fmt::format("complete; a second reviewer next, then: ./onsite review {} "
                        "--reveal",
                        subject.name()));
    }
}

// The events are the beginning of the round where one begins. It is stored with the ratings of a
// form, so that a form that is refused leaves nothing, or before the first question.
Result<int> rate(App& app, const ReviewSubject& subject, Review review,
                 std::vector<ReviewEvent> events, const ReviewOptions& options) {
    auto snippets = snippets_of(app, options.snippets);
    if (!snippets) return pass_on(snippets);
    const Scorecard card = subject.blindfold.hide(subject.card);
    const auto store = [&](std::span<const ReviewEvent> some) {
        return append_review(reviews_folder(subject.opened), review.reviewer, some, app.clock);
    };
    if (!options.form.is_empty()) {
        auto ratings = events_of_form(options.form, card, review, subject.places, *snippets);
        if (!ratings) return pass_on(ratings);
        events.insert(events.end(), ratings->begin(), ratings->end());
        auto stored = store(events);
        if (!stored) return pass_on(stored);
        tell_what_is_next(app, subject, *stored, card);
        return kExitDone;
    }
    if (auto begun = store(events); !begun) return pass_on(begun);
    app.console.print(
        fmt::format("reviewing {} as {}; ? lists the commands\n", subject.name(), review.reviewer));
    ReviewSession session(
        {.card = card, .places = subject.places, .snippets = *snippets, .style = app.style()},
        review);
    auto done = converse(app, {.session = session,
                               .store = store,
                               .show_difference = [&] { return print_difference(app, subject); },
                               .show_disagreements = [&] { print_disagreements(app, subject); }});
    if (!done) return pass_on(done);
    return kExitDone;
}

Result<int> review_attempt(App& app, const OpenedAttempt& opened, const ReviewOptions& options) {
    auto reviewer = reviewer_name(options.reviewer);
    if (!reviewer) return pass_on(reviewer);
    auto review = load_review(reviews_folder(opened), *reviewer);
    if (!review) return pass_on(review);
    const bool begins = !review->has_begun() || options.begins_again;
    if (options.begins_again && !review->has_begun()) {
        return usage_error(
            fmt::format("expected a complete review by {} before another round", *reviewer));
    }
    const int grade = review->has_begun() ? review->current().grade : 0;
    auto subject = load_subject(app, opened, grade, sight_of(options, *review));
    if (!subject) return pass_on(subject);
    std::vector<ReviewEvent> events;
    if (begins) {
        events = {beginning_of_round(*subject, *review, options)};
        review = next_review(std::move(*review), events.front());
        if (!review) return pass_on(review);
    }
    return rate(app, *subject, std::move(*review), std::move(events), options);
}

}  // namespace

Result<int> run_review(App& app, const ReviewOptions& options) {
    if (auto good = expect_one_thing(options); !good) return pass_on(good);
    auto opened = open_which(app, options.which);
    if (!opened) return pass_on(opened);
    if (options.reveals) return reveal(app, *opened, options);
    if (options.format) return export_review(app, *opened, options);
    if (options.shows_difference) return show_difference(app, *opened, options);
    return review_attempt(app, *opened, options);
}

}  // namespace onsite
