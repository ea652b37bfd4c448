#include "harness/scoring/rubric_diff.hpp"

#include <fmt/format.h>

#include "base/files.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/cli/commands.hpp"
#include "harness/desk/review_commands.hpp"
#include "harness/review/review_store.hpp"
#include "harness/review/sealing.hpp"
#include "harness/scoring/scorecard_json.hpp"

namespace onsite {
namespace {

constexpr std::uint64_t kRubricFileBytesMax = 256 << 10;

Result<Rubric> read_rubric(const std::string& file) {
    auto text = read_file(file, kRubricFileBytesMax);
    if (!text) return pass_on(text);
    return parse_rubric(*text, file);
}

// The latest grade, and the ballots that may be shown: those are part of where somebody stands.
Result<StoredScore> stored_score(const Attempt& attempt) {
    auto stored = load_grade(attempt, attempt.state.grades);
    if (!stored) return pass_on(stored);
    auto facts = grade_facts_from_text(stored->scorecard_json,
                                       fmt::format("the grade of {}", attempt.name()));
    if (!facts) return pass_on(facts);
    auto reviews = load_reviews(reviews_of(attempt.folder));
    if (!reviews) return pass_on(reviews);
    auto ballots = ballots_to_show(*reviews);
    return StoredScore{.facts = std::move(*facts),
                       .verdicts = std::move(stored->verdicts),
                       .ballots = ballots ? std::move(*ballots) : std::vector<Ballot>{}};
}

}  // namespace

Result<int> run_rubric_diff(App& app, const RubricDiffOptions& options) {
    auto old_rubric = read_rubric(options.old_file);
    if (!old_rubric) return pass_on(old_rubric);
    auto new_rubric = read_rubric(options.new_file);
    if (!new_rubric) return pass_on(new_rubric);
    if (old_rubric->exercise != new_rubric->exercise) {
        return usage_error(fmt::format("expected two rubrics of one exercise, found {} and {}",
                                       old_rubric->exercise, new_rubric->exercise));
    }
    const std::vector<std::string> changes = rubric_changes(*old_rubric, *new_rubric);
    app.console.print(fmt::format("{}: version {} -> {}, {} change{}\n", old_rubric->exercise,
                                  old_rubric->version, new_rubric->version, changes.size(),
                                  changes.size() == 1 ? "" : "s"));
    for (const std::string& change : changes) app.console.print("  " + change + '\n');

    auto list = list_attempts(app.places.attempts);
    if (!list) return pass_on(list);
    std::vector<Move> moves;
    for (const Attempt& attempt : list->attempts) {
        if (attempt.state.exercise != old_rubric->exercise || attempt.state.grades == 0) continue;
        auto stored = stored_score(attempt);
        if (!stored) return pass_on(stored);
        moves.push_back(move_of(*old_rubric, *new_rubric, *stored));
    }
    app.console.print("\n" + moves_text(moves, options.shows_all));
    return kExitDone;
}

}  // namespace onsite
