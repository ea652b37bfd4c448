// The commands of `onsite loop`: the whole interview, one command for each step.
#include <poll.h>

#include <fmt/format.h>

#include "harness/desk/interview.hpp"
#include "harness/desk/interview_commands.hpp"
#include "harness/loop/schedule.hpp"

namespace onsite {
namespace {

constexpr int kTickMs = 250;  // How often the countdown on a terminal looks at the clock.

std::unexpected<Error> no_interview() {
    return usage_error("no interview was begun; begin one with: ./onsite loop");
}

Result<Interview> current_interview(App& app) {
    auto loop = find_loop(app, "");
    if (!loop) return pass_on(loop);
    if (!loop->has_value()) return no_interview();
    return bring_up_to_now(app, std::move(**loop));
}

// What the clock brought since the last command.
void tell_settled(const App& app, const Interview& interview) {
    const OpenedAttempt* const about = interview.running ? &*interview.running
                                       : interview.ended ? &*interview.ended
                                                         : nullptr;
    if (about != nullptr) app.console.print(settled_text(interview.settled, *about));
}

std::string state_words(const SectionReport& section) {
    if (section.sealed_because.empty()) return std::string(to_string(section.progress));
    return fmt::format("sealed ({})", section.sealed_because);
}

std::string what_now(const Interview& interview, Clock& clock) {
    const std::string name = interview.loop.name();
    if (interview.loop.state.is_finished()) {
        return "All sections are over.\n"
               "./onsite loop grade      grades each of them\n"
               "./onsite loop report     one report of all; --format html or json\n"
               "./onsite rate            your own view of what a person judges\n";
    }
    if (!interview.running) return "./onsite loop next       begins the next section\n";
    const OpenedAttempt& opened = *interview.running;
    const bool is_paused = opened.attempt.state.is_paused;
    std::string text = fmt::format("{}: {} left{}\n{}", opened.attempt.name(),
                                   time_left_face(left_ms(opened, clock)),
                                   is_paused ? ", paused" : "", files_to_edit(opened));
    text += fmt::format("\n./onsite check {}   a verdict on what is there now\n",
                        opened.attempt.name());
    if (is_paused) {
        text += "./onsite loop resume     lets the clock run again\n";
    } else if (opened.attempt.state.rules == Rules::practice) {
        text += "./onsite loop pause      stops the clock\n";
    }
    return text +
           "./onsite next            the interviewer's follow-up, when you are ready\n"
           "./onsite loop next       hands this section in and begins the next one\n";
}

Result<int> show(App& app, const Interview& interview) {
    auto report = report_of(app, interview.loop);
    if (!report) return pass_on(report);
    std::string text = fmt::format("{} · {}\n", report->name, report->rules);
    for (std::size_t i = 0; i < report->sections.size(); ++i) {
        const SectionReport& section = report->sections[i];
        text += fmt::format("  {}  {:<30} {:<18} {:>7} of {}\n", i + 1, section.section,
                            state_words(section), time_used_face(section.used_ms),
                            time_used_face(section.allowed_ms));
    }
    app.console.print(text + '\n' + what_now(interview, app.clock));
    if (report->set_back_ms > 0) {
        app.console.say(
            fmt::format("the machine's clock was set back by {} s on the way; that "
                        "time is not counted, and verify will name it",
                        report->set_back_ms / 1'000));
    }
    return kExitDone;
}

// A language that a section does not have is found before the first one begins.
Result<LoopEvent> plan_of(const App& app, const LoopOptions& options) {
    auto scale = parse_minutes_scale(options.minutes_scale.value_or("1"));
    if (!scale) return pass_on(scale);
    LoopEvent started{.kind = LoopEventKind::started,
                      .rules = options.is_strict ? Rules::strict : Rules::practice,
                      .language = options.language};
    for (const Exercise& exercise : app.catalog) {
        if (exercise.contract != ContractKind::document) {
            auto language = find_language(exercise, options.language);
            if (!language) return pass_on(language);
        }
        started.sections.push_back({exercise.slug, scaled_ms(exercise.minutes, *scale)});
    }
    return started;
}

Result<int> begin_and_show(App& app, Interview& interview) {
    if (auto begun = begin_section(app, interview); !begun) return pass_on(begun);
    auto brief = load_brief(interview.running->exercise);
    if (!brief) return pass_on(brief);
    app.console.print(*brief + '\n');
    return show(app, interview);
}

Result<void> expect_practice(const OpenedAttempt& opened) {
    if (opened.attempt.state.rules == Rules::practice) return {};
    return usage_error("interview rules: the clock does not stop; pauses are for practice");
}

// Pause or resume: says so when there is nothing to do.
Result<int> turn_clock(App& app, EventKind kind) {
    auto interview = current_interview(app);
    if (!interview) return pass_on(interview);
    tell_settled(app, *interview);
    if (!interview->running) return usage_error("no section is running: ./onsite loop shows why");
    OpenedAttempt& opened = *interview->running;
    if (auto allowed = expect_practice(opened); !allowed) return pass_on(allowed);
    if (opened.attempt.state.is_paused != (kind == EventKind::paused)) {
        auto recorded = record(opened.attempt, {.kind = kind}, app.clock);
        if (!recorded) return pass_on(recorded);
        opened.attempt = std::move(*recorded);
    }
    return show(app, *interview);
}

void wait_a_tick(const App& app) {
    pollfd watched{.fd = app.interrupts.descriptor(), .events = POLLIN, .revents = 0};
    poll(&watched, 1, kTickMs);
}

}  // namespace

Result<int> run_loop(App& app, const LoopOptions& options) {
    auto latest = find_loop(app, "");
    if (!latest) return pass_on(latest);
    const bool goes_on = !options.is_new && latest->has_value();
    if (goes_on && options.chooses()) {
        return usage_error(fmt::format(
            "--lang, --strict and --minutes-scale are for a new interview, found {0}, which goes "
            "on as it was begun; leave them out, or begin another with --new",
            (*latest)->name()));
    }
    if (goes_on) {
        auto interview = bring_up_to_now(app, std::move(**latest));
        if (!interview) return pass_on(interview);
        tell_settled(app, *interview);
        const bool is_untouched = interview->loop.state.sections.front().attempt.empty();
        return is_untouched ? begin_and_show(app, *interview) : show(app, *interview);
    }
    auto started = plan_of(app, options);
    if (!started) return pass_on(started);
    auto loop = create_loop(app.places.attempts, std::move(*started), app.clock);
    if (!loop) return pass_on(loop);
    Interview interview{.loop = std::move(*loop)};
    return begin_and_show(app, interview);
}

Result<int> run_loop_next(App& app) {
    auto interview = current_interview(app);
    if (!interview) return pass_on(interview);
    tell_settled(app, *interview);
    if (interview->running) {
        if (auto ended = end_section(app, *interview); !ended) return pass_on(ended);
        app.console.print(fmt::format("{} is handed in.\n", interview->ended->attempt.name()));
    }
    if (interview->loop.state.is_finished()) return show(app, *interview);
    return begin_and_show(app, *interview);
}

Result<int> run_loop_pause(App& app) { return turn_clock(app, EventKind::paused); }

Result<int> run_loop_resume(App& app) { return turn_clock(app, EventKind::resumed); }

Result<int> run_loop_watch(App& app) {
    for (;;) {
        auto interview = current_interview(app);
        if (!interview) return pass_on(interview);
        if (!interview->settled.revealed.empty() || interview->settled.is_sealed_now) {
            app.console.clear_progress();
            tell_settled(app, *interview);
        }
        // Without a terminal there is nothing to count down on: one look, and the command is done.
        if (!app.console.is_live() || !interview->running) return show(app, *interview);
        app.console.progress(fmt::format(
            "{}   {} left{}   Ctrl-C ends this, not the clock", interview->running->attempt.name(),
            time_left_face(left_ms(*interview->running, app.clock)),
            interview->running->attempt.state.is_paused ? ", paused" : ""));
        wait_a_tick(app);
        if (app.interrupts.has_come()) return kExitDone;
    }
}

Result<int> run_loop_grade(App& app, const GradeOptions& options) {
    auto interview = current_interview(app);
    if (!interview) return pass_on(interview);
    tell_settled(app, *interview);
    int graded = 0;
    std::optional<Error> problem;
    for (const LoopSection& section : interview->loop.state.sections) {
        if (section.seal.empty()) continue;
        GradeOptions one = options;
        one.which = (app.places.attempts / section.attempt).string();
        ++graded;
        auto status = run_grade(app, one);
        if (status) continue;
        // A section whose seal has no answer must not keep the others from their grades.
        if (status.error().kind != ErrorKind::usage) return status;
        if (problem) app.console.say(problem->message);
        problem = status.error();
    }
    if (problem) return std::unexpected(std::move(*problem));
    if (graded == 0) return usage_error("no section is over yet: ./onsite loop next ends one");
    return kExitDone;
}

Result<int> run_loop_report(App& app, const LoopReportOptions& options) {
    auto loop = find_loop(app, options.which);
    if (!loop) return pass_on(loop);
    if (!loop->has_value()) return no_interview();
    auto interview = bring_up_to_now(app, std::move(**loop));
    if (!interview) return pass_on(interview);
    auto report = report_of(app, interview->loop);
    if (!report) return pass_on(report);
    app.console.print(render_loop(*report, options.format, app.style()));
    return kExitDone;
}

}  // namespace onsite
