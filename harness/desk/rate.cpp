// The candidate's own view of the criteria that a person judges, and handing an attempt in.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/attempt/anchor.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/seal.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/cli/session.hpp"
#include "harness/desk/interview_commands.hpp"

namespace onsite {
namespace {

constexpr std::size_t kNoteBytesMax = 2'000;

std::vector<Criterion> for_a_person(const Rubric& rubric) {
    std::vector<Criterion> criteria;
    for (const Criterion& criterion : rubric.criteria) {
        if (criterion.judge == Judge::person) criteria.push_back(criterion);
    }
    return criteria;
}

const Rating* rating_of(const AttemptState& state, const Criterion& criterion) {
    const auto found = std::ranges::find(state.ratings, criterion.id, &Rating::criterion);
    return found == state.ratings.end() ? nullptr : &*found;
}

std::string question(const Criterion& criterion, const Rating* rating) {
    std::string text = fmt::format("\n{}: {} ({} points, from a person)\n", criterion.id,
                                   criterion.title, criterion.weight);
    for (const std::string& what : criterion.evidence) text += fmt::format("  look at {}\n", what);
    for (const Level& level : criterion.levels) {
        const bool is_chosen = rating != nullptr && rating->level == level.level;
        text += fmt::format("  {} {}  {}\n", is_chosen ? ">" : " ", level.level, level.behaviour);
    }
    if (rating != nullptr) {
        text += fmt::format("  your rating: level {} ({}){}\n", rating->level,
                            harmless(rating->anchor, Lines::one),
                            rating->note.empty() ? "" : ": " + harmless(rating->note, Lines::one));
    }
    return text;
}

Result<int> print_questions(const App& app, const OpenedAttempt& opened,
                            const std::vector<Criterion>& criteria) {
    std::string text = fmt::format("{}: what a person judges\n", opened.attempt.name());
    const Criterion* open = nullptr;
    for (const Criterion& criterion : criteria) {
        const Rating* const rating = rating_of(opened.attempt.state, criterion);
        text += question(criterion, rating);
        if (rating == nullptr && open == nullptr) open = &criterion;
    }
    if (criteria.empty()) text += "\nnothing: checks decide every criterion\n";
    if (open != nullptr) {
        text += fmt::format(
            "\n./onsite rate {} {} LEVEL --anchor {}:LINE   or case:NAME, event:N, minute:M\n",
            opened.attempt.name(), open->id, opened.language.answer);
    }
    app.console.print(text);
    return kExitDone;
}

// The checks that the last grade has a verdict of; none without a grade.
std::vector<std::string> cases_of(const Attempt& attempt) {
    std::vector<std::string> names;
    if (attempt.state.grades == 0) return names;
    const auto stored = load_grade(attempt, attempt.state.grades);
    if (!stored) return names;
    for (const Verdict& verdict : stored->verdicts) names.push_back(verdict.check);
    return names;
}

Result<Criterion> find_criterion(const std::vector<Criterion>& criteria, const std::string& id) {
    const auto found = std::ranges::find(criteria, id, &Criterion::id);
    if (found != criteria.end()) return *found;
    std::vector<std::string> known;
    for (const Criterion& criterion : criteria) known.push_back(criterion.id);
    return usage_error(
        fmt::format("expected a criterion that a person judges, one of: {}; found "
                    "\"{}\"",
                    fmt::join(known, ", "), harmless(id, Lines::one)));
}

Result<int> parse_level(const std::string& word) {
    if (word.size() == 1 && word[0] >= '1' && word[0] <= '0' + kLevelMax) return word[0] - '0';
    return usage_error(fmt::format("expected a level from 1 to {}, found \"{}\"", kLevelMax,
                                   harmless(word, Lines::one)));
}

// The words of the command line: [ATTEMPT] [CRITERION [LEVEL]].
struct RateWords {
    std::string which;
    std::string criterion;
    std::string level;
};

RateWords sort_out(const App& app, const std::vector<std::string>& words) {
    if (words.size() == 3) return {words[0], words[1], words[2]};
    if (words.empty()) return {};
    const bool is_level = words.back().size() == 1;
    const bool is_attempt = !is_level && open_which(app, words[0]).has_value();
    if (words.size() == 2) {
        return is_attempt ? RateWords{words[0], words[1], ""} : RateWords{"", words[0], words[1]};
    }
    return is_attempt ? RateWords{words[0], "", ""} : RateWords{"", words[0], ""};
}

Result<int> record_rating(App& app, OpenedAttempt& opened, const Criterion& criterion,
                          const std::string& level_word, const RateOptions& options) {
    auto level = parse_level(level_word);
    if (!level) return pass_on(level);
    if (options.anchor.empty()) {
        return usage_error(
            fmt::format("expected an anchor for the rating: --anchor {}", kAnchorForms));
    }
    if (options.note.size() > kNoteBytesMax) {
        return usage_error(fmt::format("expected a note of at most {} bytes, found {}",
                                       kNoteBytesMax, options.note.size()));
    }
    auto anchor = checked_anchor(
        options.anchor, {.folder = answer_folder(opened.attempt),
                         .cases = cases_of(opened.attempt),
                         .events = opened.attempt.chain.lines,
                         .minutes = elapsed_ms(opened.attempt.state, app.clock) / kMsPerMinute});
    if (!anchor) return pass_on(anchor);
    auto recorded = record(opened.attempt,
                           {.kind = EventKind::rated,
                            .rating = {.criterion = criterion.id,
                                       .level = *level,
                                       .anchor = std::move(*anchor),
                                       .note = options.note}},
                           app.clock);
    if (!recorded) return pass_on(recorded);
    opened.attempt = std::move(*recorded);
    app.console.print(question(criterion, rating_of(opened.attempt.state, criterion)));
    app.console.print("  recorded; a rating of your own is worth no points\n");
    return kExitDone;
}

}  // namespace

Result<int> run_rate(App& app, const RateOptions& options) {
    const RateWords words = sort_out(app, options.words);
    auto opened = open_which(app, words.which);
    if (!opened) return pass_on(opened);
    auto rubric = load_rubric(opened->exercise);
    if (!rubric) return pass_on(rubric);
    const std::vector<Criterion> criteria = for_a_person(*rubric);
    if (words.criterion.empty()) return print_questions(app, *opened, criteria);
    auto criterion = find_criterion(criteria, words.criterion);
    if (!criterion) return pass_on(criterion);
    if (words.level.empty()) return print_questions(app, *opened, {*criterion});
    return record_rating(app, *opened, *criterion, words.level, options);
}

Result<int> run_seal(App& app, const std::string& which) {
    auto opened = open_which(app, which);
    if (!opened) return pass_on(opened);
    if (auto done = seal_now(app, *opened, SealReason::asked); !done) return pass_on(done);
    auto seal = seal_of(opened->attempt);
    if (!seal) return pass_on(seal);
    app.console.print(
        fmt::format("{0} is sealed: {1} files\nseal       {2}\n"
                    "Give the seal to whoever reviews it: ./onsite verify {0} "
                    "--seal {2}\n",
                    opened->attempt.name(), opened->attempt.state.seal->files.size(), *seal));
    return kExitDone;
}

}  // namespace onsite
