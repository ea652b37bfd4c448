// `onsite verify`: what the records prove, then the checks once more.
#include <algorithm>

#include <fmt/format.h>

#include "harness/attempt/grade_store.hpp"
#include "harness/attempt/log.hpp"
#include "harness/attempt/witness.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/desk/interview.hpp"
#include "harness/desk/interview_commands.hpp"
#include "harness/grading/checks_hash.hpp"
#include "harness/judging/check_job.hpp"
#include "harness/review/review_store.hpp"
#include "harness/scoring/scorecard_json.hpp"
#include "harness/verification/reproduction.hpp"
#include "harness/verification/verification.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

std::string_view word_for(ProofKind kind) {
    switch (kind) {
        case ProofKind::holds:
            return "ok";
        case ProofKind::note:
            return "note";
        case ProofKind::broken:
            return "FAIL";
    }
    std::abort();
}

void tell(const App& app, const ProofLine& line) {
    app.console.clear_progress();
    app.console.print(
        fmt::format("{:<5}{:<9}{}\n", word_for(line.kind), line.about, line.sentence));
}

// The section of the interview that has this attempt, or why there is none.
void add_section(const App& app, VerifyRequest& request) {
    const std::string& name = request.attempt.state.loop;
    if (name.empty()) return;
    auto loop = find_loop(app, name);
    if (!loop) {
        request.missing_loop = loop.error().message;
        return;
    }
    const auto& sections = (*loop)->state.sections;
    const auto section = std::ranges::find(sections, request.attempt.name(), &LoopSection::attempt);
    if (section != sections.end()) request.section = *section;
    request.missing_loop = "no section of that name";
}

// What was recorded of the whole interview's log, told by the witness beside it.
std::vector<ProofLine> prove_interview(const App& app, const VerifyRequest& request) {
    const std::string& name = request.attempt.state.loop;
    if (name.empty()) return {};
    auto loop = find_loop(app, name);
    if (!loop) return {};  // That it is missing was said with the seal.
    const auto witnessing =
        (*loop)->state.is_witnessed ? Witnessing::from_the_start : Witnessing::maybe_later;
    const fs::path& folder = (*loop)->folder;
    const auto found = contradictions_of_witness(folder, logs_in(folder), witnessing);
    if (!found) return {{ProofKind::note, "loop", found.error().message}};
    std::vector<ProofLine> lines;
    for (const std::string& sentence : *found) {
        lines.push_back({ProofKind::broken, "loop", fmt::format("{}: {}", name, sentence)});
    }
    return lines;
}

// Of an attempt whose log cannot be read: an edit, or a log that was removed, is what this command
// is there to find. Empty when it is about something else.
std::vector<ProofLine> prove_unreadable(const App& app, const std::string& which,
                                        const Error& error) {
    std::vector<ProofLine> lines;
    if (error.message.find(kEditedLog) != std::string::npos) {
        lines.push_back({ProofKind::broken, "log", error.message});
    }
    const auto folder = find_attempt_folder(app, which);
    if (!folder || error.kind == ErrorKind::tool) return lines;
    const fs::path tool = tool_folder(*folder);
    const auto found = contradictions_of_witness(tool, logs_in(tool), Witnessing::maybe_later);
    if (!found) return lines;
    for (const std::string& sentence : *found) {
        lines.push_back({ProofKind::broken, "witness", sentence});
    }
    return lines;
}

// The last grade of the content that is there now: the one that can be run again.
std::optional<Event> grade_to_repeat(const std::vector<LoggedEvent>& events,
                                     const std::string& content) {
    std::optional<Event> found;
    for (const auto& [event, line_hash] : events) {
        if (event.kind == EventKind::graded && event.content_hash == content) found = event;
    }
    return found;
}

// The reviews lie beside what they judge. A line that was changed, taken out or put in shows in the
// one behind it.
std::vector<ProofLine> prove_reviews(const OpenedAttempt& opened) {
    const auto reviews = load_reviews(reviews_of(opened.attempt.folder));
    if (!reviews) return {{ProofKind::broken, "reviews", reviews.error().message}};
    if (reviews->empty()) return {};
    return {{ProofKind::holds, "reviews",
             fmt::format("{} begun, each line with the hash of the one before", reviews->size())}};
}

// Errors: tool and usage, when there is nothing to compare; interrupted.
Result<ProofLine> run_again(App& app, const OpenedAttempt& opened) {
    auto request = request_for(opened);
    if (!request) return pass_on(request);
    auto events = read_logged_events(opened.attempt);
    if (!events) return pass_on(events);
    const auto graded = grade_to_repeat(*events, content_hash(request->source));
    if (!graded) {
        return ProofLine{ProofKind::note, "rerun", "no grade is about the files that are there"};
    }
    auto stored = load_grade(opened.attempt, graded->number);
    if (!stored) return pass_on(stored);
    auto facts = grade_facts_from_text(stored->scorecard_json, "scorecard.json");
    if (!facts) return pass_on(facts);
    request->seed = facts->seed;
    request->followups = facts->followups_revealed;
    const std::int64_t rows = graded->proof.growth_rows;
    request->growth_rows_max = rows > 0 ? static_cast<std::uint64_t>(rows) : kGrowthRowsUsual;
    app.console.say(
        fmt::format("running grade {} again with seed {}", graded->number, facts->seed));
    auto again = grade(opened.exercise, *request, app.places, app.cancel_on_interrupt(),
                       app.show_progress(), app.clock);
    if (!again) return pass_on(again);
    if (again->run.is_cancelled) return interrupted(opened);
    auto checks = checks_hash(opened.exercise, app.places.root);
    if (!checks) return pass_on(checks);
    return prove_rerun({stored->verdicts, facts->toolchain, facts->checks_hash},
                       {again->run.verdicts, again->toolchain, std::move(*checks)}, facts->seed);
}

}  // namespace

Result<int> run_verify(App& app, const VerifyOptions& options) {
    auto opened = open_which(app, options.which);
    if (!opened) {
        const auto lines = prove_unreadable(app, options.which, opened.error());
        if (lines.empty()) return pass_on(opened);
        for (const ProofLine& line : lines) tell(app, line);
        return kExitBelowRequired;
    }
    auto rubric = load_rubric_text(opened->exercise);
    if (!rubric) return pass_on(rubric);
    VerifyRequest request{.attempt = opened->attempt,
                          .exercise = opened->exercise,
                          .language = opened->language,
                          .rubric = std::move(*rubric),
                          .expected_seal = options.seal,
                          .section = {},
                          .missing_loop = {}};
    add_section(app, request);
    std::vector<ProofLine> lines = verify_records(request);
    std::ranges::move(prove_interview(app, request), std::back_inserter(lines));
    std::ranges::move(prove_reviews(*opened), std::back_inserter(lines));
    for (const ProofLine& line : lines) tell(app, line);
    // What does not belong together is not worth the minute of a second run.
    bool is_reproduced = options.skips_rerun;
    if (!options.skips_rerun && all_hold(lines)) {
        auto line = run_again(app, *opened);
        if (!line) return pass_on(line);
        tell(app, *line);
        is_reproduced = line->kind == ProofKind::holds;
        lines.push_back(std::move(*line));
    }
    const bool holds = all_hold(lines);
    app.console.print(fmt::format("\n{} {}\n", opened->attempt.name(),
                                  !holds          ? "does NOT belong together"
                                  : is_reproduced ? "belongs together"
                                                  : "belongs together; its verdicts were not "
                                                    "repeated"));
    return holds ? kExitDone : kExitBelowRequired;
}

}  // namespace onsite
