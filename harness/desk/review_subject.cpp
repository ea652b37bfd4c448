#include "harness/desk/review_subject.hpp"

#include <array>
#include <cstdlib>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "harness/cli/side_by_side.hpp"
#include "harness/grading/sources.hpp"
#include "harness/report/reviewing.hpp"
#include "harness/review/parts.hpp"
#include "harness/scoring/scorecard_json.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kShownBytesMax = 1 * kMiB;
constexpr std::size_t kCasesMax = 10'000;

Blindfold blindfold_for(const App& app, const OpenedAttempt& opened) {
    std::vector<std::string> words = {opened.attempt.name(), opened.attempt.folder.string(),
                                      app.places.attempts.string(), app.places.root.string()};
    for (const char* const name :
         {"USER", "LOGNAME", "HOME", "SUDO_USER", "EMAIL", "GIT_AUTHOR_NAME"}) {
        const char* const value = std::getenv(name);
        if (value != nullptr) words.emplace_back(value);
    }
    return Blindfold(std::move(words));
}

// The checks of the grade, and the names that the candidate gave their own cases.
std::vector<std::string> case_names(const OpenedAttempt& opened,
                                    const std::vector<Verdict>& verdicts) {
    std::set<std::string> names;
    for (const Verdict& verdict : verdicts) names.insert(verdict.check);
    const auto tests = read_own_tests(opened.attempt, opened.exercise);
    const auto json =
        tests ? parse_json(*tests, "tests.json", JsonComments::allowed) : Result<Json>(Json());
    if (json && json->is_object() && json->contains("cases") && (*json)["cases"].is_array()) {
        for (const Json& one : (*json)["cases"]) {
            if (names.size() == kCasesMax) break;
            if (one.is_object() && one.contains("name") && one["name"].is_string()) {
                names.insert(one["name"].get<std::string>());
            }
        }
    }
    return {names.begin(), names.end()};
}

Result<std::string> shown_text(const fs::path& file, const ReviewSubject& subject) {
    std::error_code failure;
    if (fs::is_symlink(fs::symlink_status(file, failure))) {
        return usage_error(
            fmt::format("expected {} to be a file, found a link", file.filename().string()));
    }
    auto text = read_file(file, kShownBytesMax);
    if (!text) return text;
    return subject.blindfold.hide(*text);
}

void tell_when_changed(const App& app, const OpenedAttempt& opened, const Scorecard& card) {
    const auto source = load_source("answer", opened.language, std::array{opened.attempt.folder});
    if (source && content_hash(*source) == card.facts.content_hash) return;
    app.console.say(
        "the answer was changed after this grade: lines may lie elsewhere than when it was judged");
}

}  // namespace

std::string ReviewSubject::name() const {
    return blindfold.is_on() ? alias_of(opened.attempt.name(), card.facts.content_hash)
                             : opened.attempt.name();
}

Result<ReviewSubject> load_subject(const App& app, const OpenedAttempt& opened, int grade,
                                   Sight sight) {
    const Attempt& attempt = opened.attempt;
    if (attempt.state.grades == 0) {
        return usage_error(fmt::format("{} has no grade to review yet; make one: ./onsite grade {}",
                                       attempt.name(), attempt.name()));
    }
    const int number = grade == 0 ? attempt.state.grades : grade;
    auto stored = load_grade(attempt, number);
    if (!stored) return pass_on(stored);
    auto rubric = load_rubric(opened.exercise);
    if (!rubric) return pass_on(rubric);
    auto facts = grade_facts_from_text(stored->scorecard_json,
                                       fmt::format("grade {} of {}", number, attempt.name()));
    if (!facts) return pass_on(facts);
    auto logged = read_logged_events(attempt);
    if (!logged) return pass_on(logged);
    std::vector<Event> events;
    for (LoggedEvent& one : *logged) events.push_back(std::move(one.event));

    ReviewSubject subject{.opened = opened, .grade = number, .rubric = std::move(*rubric)};
    subject.card = score(subject.rubric, stored->verdicts, std::move(*facts));
    subject.card.parts = timed_parts(events, number);
    subject.verdicts = std::move(stored->verdicts);
    subject.places = {.folder = attempt.folder,
                      .cases = case_names(opened, subject.verdicts),
                      .events = static_cast<std::int64_t>(events.size()),
                      .minutes = subject.card.facts.minutes_used()};
    tell_when_changed(app, opened, subject.card);
    if (sight == Sight::blind) subject.blindfold = blindfold_for(app, opened);
    return subject;
}

Result<void> print_difference(const App& app, const ReviewSubject& subject) {
    const Language& language = subject.opened.language;
    std::vector<std::string> files = language.documents;
    if (files.empty()) files = {language.answer};
    for (const std::string& file : files) {
        auto mine = shown_text(subject.opened.attempt.folder / file, subject);
        if (!mine) return pass_on(mine);
        auto reference = shown_text(subject.opened.exercise.solution_of(language) / file, subject);
        if (!reference) return pass_on(reference);
        app.console.print(
            fmt::format("\n{}: left {}, right the reference\n\n", file, subject.name()));
        auto printed = print_texts_side_by_side(app, *mine, *reference);
        if (!printed) return printed;
    }
    return {};
}

void print_disagreements(const App& app, const ReviewSubject& subject) {
    const Scorecard seen = subject.blindfold.hide(subject.card);
    std::vector<Verdict> verdicts;
    for (const CriterionResult& result : seen.criteria) {
        verdicts.insert(verdicts.end(), result.evidence.begin(), result.evidence.end());
    }
    app.console.print(render_disagreements(verdicts, app.style()));
}

}  // namespace onsite
