#include "harness/desk/interview.hpp"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "harness/attempt/seal.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;

Result<OpenedAttempt> open_section(const App& app, const Loop& loop, const LoopSection& section) {
    std::error_code failure;
    if (!fs::is_directory(app.places.attempts / section.attempt, failure)) {
        return usage_error(
            fmt::format("{0} of {1} is missing in {2}; put it back, or begin "
                        "another interview: ./onsite loop --new",
                        section.attempt, loop.name(), app.places.attempts.string()));
    }
    return open_which(app, (app.places.attempts / section.attempt).string());
}

Result<void> note_begin(App& app, Interview& interview, const Attempt& attempt) {
    auto events = read_logged_events(attempt);
    if (!events) return pass_on(events);
    auto recorded = record_in_loop(interview.loop,
                                   {.kind = LoopEventKind::section_started,
                                    .attempt = attempt.name(),
                                    .hash = events->front().line_hash},
                                   app.clock);
    if (!recorded) return pass_on(recorded);
    interview.loop = std::move(*recorded);
    return {};
}

Result<void> note_end(App& app, Interview& interview, const Attempt& attempt) {
    auto seal = seal_of(attempt);
    if (!seal) return pass_on(seal);
    auto recorded = record_in_loop(interview.loop,
                                   {.kind = LoopEventKind::section_sealed,
                                    .attempt = attempt.name(),
                                    .hash = std::move(*seal)},
                                   app.clock);
    if (!recorded) return pass_on(recorded);
    interview.loop = std::move(*recorded);
    return {};
}

// A section is first an attempt and then a line in the interview's log; what a crash between the
// two left is an attempt that names the interview.
Result<std::optional<Attempt>> find_orphan(const App& app, const Loop& loop) {
    auto list = list_attempts(app.places.attempts);
    if (!list) return pass_on(list);
    const LoopSection& section = loop.state.sections[loop.state.current()];
    for (Attempt& attempt : list->attempts) {
        if (attempt.state.loop != loop.name() || attempt.state.exercise != section.slug) continue;
        return std::optional(std::move(attempt));
    }
    return std::optional<Attempt>();
}

SectionReport report_of_section(const Exercise* exercise, const LoopSection& section) {
    SectionReport report{.slug = section.slug, .allowed_ms = section.allowed_ms};
    report.section = exercise == nullptr ? section.slug : exercise->section;
    report.title = exercise == nullptr ? "" : exercise->title;
    report.attempt = section.attempt;
    return report;
}

void add_attempt(SectionReport& report, const OpenedAttempt& opened, Clock& clock) {
    const AttemptState& state = opened.attempt.state;
    report.progress = state.seal        ? SectionProgress::sealed
                      : state.is_paused ? SectionProgress::paused
                                        : SectionProgress::running;
    report.used_ms = std::min(elapsed_ms(state, clock), report.allowed_ms);
    report.followups = state.followups_revealed;
    report.hints = state.hints_used;
    if (state.seal) {
        report.sealed_because = to_string(state.seal->reason);
        report.late = state.seal->late;
    }
    if (state.latest) {
        report.has_grade = true;
        report.earned = state.latest->earned;
        report.judged = state.latest->judged;
    }
    for (const Rating& rating : state.ratings) {
        report.ratings.push_back({rating.criterion, rating.level, rating.anchor, rating.note});
    }
}

}  // namespace

Result<std::optional<Loop>> find_loop(const App& app, const std::string& name) {
    if (name.empty()) return latest_loop(app.places.attempts);
    std::error_code failure;
    if (name.find('/') != name.npos || !name.starts_with("loop-") ||
        !fs::is_directory(app.places.attempts / name, failure)) {
        return usage_error(
            fmt::format("no interview is called \"{}\"; leave the name out for the latest",
                        harmless(name, Lines::one)));
    }
    auto loop = open_loop(app.places.attempts / name);
    if (!loop) return pass_on(loop);
    return std::optional(std::move(*loop));
}

Result<Interview> bring_up_to_now(App& app, Loop loop) {
    Interview interview{.loop = std::move(loop)};
    while (!interview.loop.state.is_finished()) {
        const LoopState& state = interview.loop.state;
        const LoopSection section = state.sections[state.current()];
        if (section.attempt.empty()) {
            auto orphan = find_orphan(app, interview.loop);
            if (!orphan) return pass_on(orphan);
            if (!orphan->has_value()) break;
            if (auto noted = note_begin(app, interview, **orphan); !noted) return pass_on(noted);
            continue;
        }
        auto opened = open_section(app, interview.loop, section);
        if (!opened) return pass_on(opened);
        auto settled = settle(app, *opened);
        if (!settled) return pass_on(settled);
        interview.settled = std::move(*settled);
        if (!opened->attempt.state.seal) {
            interview.running = std::move(*opened);
            break;
        }
        if (auto noted = note_end(app, interview, opened->attempt); !noted) return pass_on(noted);
        interview.ended = std::move(*opened);
    }
    return interview;
}

Result<void> begin_section(App& app, Interview& interview) {
    const LoopState& state = interview.loop.state;
    const LoopSection section = state.sections[state.current()];
    auto exercise = find_exercise(app.catalog, section.slug);
    if (!exercise) return pass_on(exercise);
    const bool is_written = exercise->contract == ContractKind::document;
    auto language = find_language(*exercise, is_written ? "" : state.language);
    if (!language) return pass_on(language);
    auto attempt = create_attempt(*exercise,
                                  {.attempts_root = app.places.attempts,
                                   .language = *language,
                                   .rules = state.rules,
                                   .loop = interview.loop.name(),
                                   .allowed_ms = section.allowed_ms},
                                  app.clock);
    if (!attempt) return pass_on(attempt);
    if (auto noted = note_begin(app, interview, *attempt); !noted) return noted;
    interview.running = OpenedAttempt{std::move(*exercise), std::move(*language), *attempt};
    return {};
}

Result<void> end_section(App& app, Interview& interview) {
    OpenedAttempt& opened = *interview.running;
    if (auto done = seal_now(app, opened, SealReason::finished); !done) return done;
    if (auto noted = note_end(app, interview, opened.attempt); !noted) return noted;
    interview.ended = std::move(interview.running);
    interview.running.reset();
    return {};
}

Result<LoopReport> report_of(App& app, const Loop& loop) {
    LoopReport report{.name = loop.name(),
                      .rules = std::string(to_string(loop.state.rules)),
                      .started_at_ms = loop.state.started_at_ms,
                      .set_back_ms = loop.state.set_back_ms,
                      .sections = {}};
    for (const LoopSection& section : loop.state.sections) {
        const auto exercise = std::ranges::find(app.catalog, section.slug, &Exercise::slug);
        SectionReport one =
            report_of_section(exercise == app.catalog.end() ? nullptr : &*exercise, section);
        if (!section.attempt.empty()) {
            auto opened = open_section(app, loop, section);
            if (!opened) return pass_on(opened);
            auto followups = load_followups(opened->exercise);
            if (!followups) return pass_on(followups);
            one.followups_total = static_cast<int>(followups->size());
            add_attempt(one, *opened, app.clock);
            report.set_back_ms = std::max(report.set_back_ms, opened->attempt.state.set_back_ms);
        }
        report.sections.push_back(std::move(one));
    }
    return report;
}

}  // namespace onsite
