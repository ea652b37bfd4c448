#include "harness/review/session.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "harness/review/words.hpp"

namespace onsite {
namespace {

using Then = SessionStep::Then;

constexpr std::string_view kHelp =
    "  1-4 [ANCHOR...] [COMMENT]   set the level; an anchor is file:line, case:NAME, event:N or\n"
    "                              minute:N; :name in a comment inserts a snippet\n"
    "  n or Enter   next ungraded         b   back         g ID   go to a criterion\n"
    "  d            beside the reference  c   inputs on which the answer and it disagree\n"
    "  signal strong_no|no|yes|strong_yes WHY   whether to hire; only ever from you\n"
    "  done         complete the review   q   leave; everything so far is kept\n";

// Anchors first, the rest is the comment.
GivenRating given_of(int level, std::string_view words) {
    GivenRating given{.level = level, .anchors = {}, .comment = {}};
    for (std::string_view rest = words;;) {
        const std::string_view word = take_word(rest);
        if (!looks_like_anchor(word)) break;
        given.anchors.emplace_back(word);
        words = rest;
    }
    given.comment = trimmed(words);
    return given;
}

std::string line(std::string_view text) { return "  " + harmless(text, Lines::one) + "\n"; }

}  // namespace

ReviewSession::ReviewSession(Setting setting, Review review)
    : setting_(std::move(setting)), review_(std::move(review)) {
    at_ = setting_.card.criteria.size() - 1;  // The search begins after it.
    at_ = next_ungraded().value_or(0);
}

const PersonRating* ReviewSession::mine() const {
    const auto found = ballot().ratings.find(result().criterion.id);
    return found == ballot().ratings.end() ? nullptr : &found->second;
}

// What a person should look at: everything that the checks did not decide and that was asked.
bool ReviewSession::is_ungraded(std::size_t position) const {
    const CriterionResult& one = setting_.card.criteria[position];
    return one.open && one.open != OpenReason::not_revealed &&
           !ballot().ratings.contains(one.criterion.id);
}

std::optional<std::size_t> ReviewSession::next_ungraded() const {
    const std::size_t count = setting_.card.criteria.size();
    for (std::size_t step = 1; step <= count; ++step) {
        const std::size_t position = (at_ + step) % count;
        if (is_ungraded(position)) return position;
    }
    return std::nullopt;
}

// What the checks say about the criterion: the ones that did not pass, else all of them.
std::vector<std::string> ReviewSession::suggested_anchors() const {
    std::vector<std::string> failed;
    std::vector<std::string> all;
    for (const Verdict& verdict : result().evidence) {
        const std::string anchor = "case:" + verdict.check;
        all.push_back(anchor);
        if (verdict.outcome == Outcome::fail) failed.push_back(anchor);
    }
    std::vector<std::string> anchors = failed.empty() ? std::move(all) : std::move(failed);
    if (anchors.size() > kAnchorsMax) anchors.resize(kAnchorsMax);
    return anchors;
}

std::string ReviewSession::criterion() const {
    return render_criterion(result(),
                            {.position = static_cast<int>(at_) + 1,
                             .count = static_cast<int>(setting_.card.criteria.size()),
                             .mine = mine()},
                            setting_.style);
}

std::string ReviewSession::prompt() const {
    if (level_without_anchor_) {
        const std::vector<std::string> suggested = suggested_anchors();
        return suggested.empty() ? std::string("anchor> ")
                                 : fmt::format("anchor (Enter: {})> ", fmt::join(suggested, " "));
    }
    return fmt::format("{} 1-4, n, b, d, c, ?> ", result().criterion.id);
}

void ReviewSession::accept(Review review) { review_ = std::move(review); }

SessionStep ReviewSession::take(std::string_view raw) {
    if (raw.size() > kSessionLineBytesMax) {
        return {.message =
                    fmt::format("  expected a line of at most {} bytes\n", kSessionLineBytesMax)};
    }
    const std::string_view text = trimmed(raw);
    if (level_without_anchor_) return answer_anchor(text);
    std::string_view rest = text;
    const std::string_view word = take_word(rest);
    if (word.size() == 1 && is_digit(word[0])) return rate(word[0] - '0', rest);
    if (word.empty() || word == "n") return go_next();
    if (word == "b") return go_back();
    if (word == "g") return go_to(rest);
    if (word == "d") return {.then = Then::show_difference};
    if (word == "c") return {.then = Then::show_disagreements};
    if (word == "signal") return signal(rest);
    if (word == "done") return complete();
    if (word == "q")
        return {.message = "  kept; the same command continues\n", .then = Then::leave};
    if (word == "?") return {.message = std::string(kHelp)};
    return {.message = line(fmt::format("\"{}\" is no command; ? lists them", word.substr(0, 40)))};
}

SessionStep ReviewSession::rate(int level, std::string_view words) {
    const GivenRating given = given_of(level, words);
    if (given.anchors.empty() && given.comment.empty() && level >= 1 && level <= kLevelMax &&
        result().open != OpenReason::not_revealed) {
        level_without_anchor_ = level;
        return {};
    }
    return rate_with(given);
}

SessionStep ReviewSession::answer_anchor(std::string_view words) {
    const int level = *level_without_anchor_;
    level_without_anchor_.reset();
    if (!words.empty()) return rate_with(given_of(level, words));
    const std::vector<std::string> suggested = suggested_anchors();
    if (suggested.empty()) return {.message = "  no level without an anchor\n"};
    return rate_with({.level = level, .anchors = suggested, .comment = {}});
}

SessionStep ReviewSession::rate_with(const GivenRating& given) {
    auto event = rating_event(result(), given, setting_.places, setting_.snippets);
    if (!event) return {.message = line(event.error().message)};
    SessionStep step{.message = line(fmt::format("{}: level {}", event->criterion, event->level)),
                     .events = {std::move(*event)},
                     .then = Then::show_criterion};
    const std::size_t rated = at_;
    at_ = next_ungraded().value_or(rated);
    if (at_ == rated) {  // The search comes back to the one that is being rated.
        step.message += "  everything that needs a person is rated: signal, then done\n";
        step.then = Then::ask;
    }
    return step;
}

SessionStep ReviewSession::go_next() {
    const auto next = next_ungraded();
    if (!next) {
        return {.message =
                    "  everything that needs a person is rated: signal, then done; or g ID\n"};
    }
    at_ = *next;
    return {.then = Then::show_criterion};
}

SessionStep ReviewSession::go_back() {
    const std::size_t count = setting_.card.criteria.size();
    at_ = (at_ + count - 1) % count;
    return {.then = Then::show_criterion};
}

SessionStep ReviewSession::go_to(std::string_view id) {
    std::vector<std::string> ids;
    for (std::size_t position = 0; position < setting_.card.criteria.size(); ++position) {
        ids.push_back(setting_.card.criteria[position].criterion.id);
        if (ids.back() != id) continue;
        at_ = position;
        return {.then = Then::show_criterion};
    }
    return {.message = line(fmt::format("expected one of: {}", fmt::join(ids, ", ")))};
}

SessionStep ReviewSession::signal(std::string_view words) {
    const std::string word(take_word(words));
    std::string_view because = words;
    if (std::string_view rest = words; take_word(rest) == "because") because = rest;
    auto event = signal_event(word, std::string(because), setting_.snippets);
    if (!event) return {.message = line(event.error().message)};
    return {.message = line("signal: " + word), .events = {std::move(*event)}};
}

SessionStep ReviewSession::complete() {
    auto event = completion_event(setting_.card, ballot());
    if (!event) return {.message = line(event.error().message)};
    return {.message = "  the review is complete\n",
            .events = {std::move(*event)},
            .then = Then::leave};
}

}  // namespace onsite
