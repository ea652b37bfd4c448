#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/files.hpp"
#include "base/json.hpp"
#include "harness/attempt/grade_store.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/session.hpp"
#include "harness/grading/sources.hpp"

namespace onsite {
namespace {

constexpr std::uint64_t kCaseBytesMax = 4 * kMiB;
constexpr std::size_t kProgramsKept = 200;
// The same small sample at every save: a change in the verdict comes from a change in the answer.
constexpr std::uint64_t kFastSeed = 1;
// In an interview the clock brings follow-ups and the end while nobody saves.
constexpr int kWatchTickMs = 1'000;

Result<std::string> load_case(const std::string& file) {
    if (file.empty()) return std::string();
    auto text = read_file(file, kCaseBytesMax);
    if (!text) return text;
    auto json = parse_json(*text, file, JsonComments::allowed);
    if (!json) return pass_on(json);
    return to_text(*json);
}

struct Judged {
    Grading grading;
    std::int64_t took_ms = 0;
};

Result<Judged> judge_now(App& app, const OpenedAttempt& opened, const std::string& only_case,
                         const Cancel& cancel) {
    const std::int64_t start_ns = app.clock.monotonic_ns();
    auto request = request_for(opened);
    if (!request) return pass_on(request);
    request->thoroughness = Thoroughness::fast;
    request->seed = kFastSeed;
    request->only_case = only_case;
    auto grading =
        grade(opened.exercise, *request, app.places, cancel, app.show_progress(), app.clock);
    if (!grading) return pass_on(grading);
    return Judged{std::move(*grading), (app.clock.monotonic_ns() - start_ns) / kNsPerMs};
}

void print_verdicts(const App& app, const OpenedAttempt& opened, const Judged& judged) {
    app.console.clear_progress();
    const Grading& grading = judged.grading;
    std::vector<Verdict> verdicts = grading.run.verdicts;
    // One compiler error is one failure, not one for each check.
    if (!grading.is_built && verdicts.size() > 1) {
        verdicts.resize(1);
        verdicts.front().check = "compiles";
    }
    app.console.print(render_fast({.exercise = opened.exercise.slug,
                                   .content_hash = grading.content_hash,
                                   .save_to_verdict_ms = judged.took_ms,
                                   .clock = clock_words(opened, app.clock),
                                   .next = next_command(app, opened, verdicts),
                                   .verdicts = verdicts},
                                  app.style()));
    if (grading.run.isolation.level == IsolationLevel::none) {
        app.console.say("NOT ISOLATED: your code ran unprotected; see ./onsite doctor");
    }
}

// The stories name the files of their counterexamples, so those have to be there.
Result<void> record_check(App& app, OpenedAttempt& opened, const Grading& grading) {
    int passed = 0;
    for (const Verdict& verdict : grading.run.verdicts) passed += verdict.outcome == Outcome::pass;
    auto attempt = record(opened.attempt,
                          {.kind = EventKind::checked,
                           .content_hash = grading.content_hash,
                           .passed = passed,
                           .checks = static_cast<int>(grading.run.verdicts.size())},
                          app.clock);
    if (!attempt) return pass_on(attempt);
    opened.attempt = std::move(*attempt);
    return save_counterexamples(opened.attempt, grading.run.verdicts);
}

// The hash of the answer as it is on disk now; empty while it cannot be read (an editor is saving).
std::string hash_on_disk(const OpenedAttempt& opened) {
    auto source = load_source("answer", opened.language, std::array{opened.attempt.folder});
    return source ? content_hash(*source) : std::string();
}

// One verdict about the newest content. A verdict about older content is dropped, never shown.
// Returns the hash of what was judged: a save that comes after it is still to be judged.
Result<std::string> judge_until_current(App& app, OpenedAttempt& opened, FolderWatcher& watcher) {
    for (;;) {
        watcher.forget_events();
        const std::string hash = hash_on_disk(opened);
        const Cancel when_saved{.descriptor = watcher.descriptor(), .is_wanted = [&] {
                                    watcher.forget_events();
                                    return app.interrupts.has_come() ||
                                           hash_on_disk(opened) != hash;
                                }};
        auto judged = judge_now(app, opened, "", when_saved);
        if (app.interrupts.has_come()) return std::string();
        if (!judged) return pass_on(judged);
        if (judged->grading.run.is_cancelled) continue;
        if (judged->grading.content_hash != hash_on_disk(opened)) continue;
        print_verdicts(app, opened, *judged);
        if (auto done = record_check(app, opened, judged->grading); !done) return pass_on(done);
        return judged->grading.content_hash;
    }
}

Result<int> watch(App& app, OpenedAttempt opened, std::int64_t saves_max) {
    auto watcher = FolderWatcher::open(opened.attempt.folder, app.interrupts);
    if (!watcher) return pass_on(watcher);
    std::string shown;
    for (std::int64_t saves = 0; saves_max == 0 || saves < saves_max;) {
        const std::string hash = hash_on_disk(opened);
        if (hash != shown && !hash.empty()) {
            auto done = judge_until_current(app, opened, **watcher);
            if (!done) return pass_on(done);
            shown = *done;
            ++saves;
            app.console.say(fmt::format(
                "watching {}; Ctrl-C ends it",
                opened.language.documents.empty() ? opened.language.answer : "your documents"));
            continue;
        }
        const bool is_timed = !opened.attempt.state.loop.empty();
        (*watcher)->wait(is_timed ? kWatchTickMs : FolderWatcher::kForEver);
        (*watcher)->forget_events();
        if (app.interrupts.has_come()) break;
        if (auto told = settle_and_tell(app, opened); !told) return pass_on(told);
        if (opened.attempt.state.seal) break;
    }
    return kExitDone;
}

}  // namespace

Result<int> run_check(App& app, const CheckOptions& options) {
    auto opened = open_which(app, options.which);
    if (!opened) return pass_on(opened);
    if (auto told = settle_and_tell(app, *opened); !told) return pass_on(told);
    if (auto open = expect_unsealed(*opened, "check"); !open) return pass_on(open);
    if (options.watches) return watch(app, std::move(*opened), options.saves_max);
    auto only_case = load_case(options.case_file);
    if (!only_case) return pass_on(only_case);
    auto judged = judge_now(app, *opened, *only_case, app.cancel_on_interrupt());
    if (!judged) return pass_on(judged);
    if (judged->grading.run.is_cancelled) return interrupted(*opened);
    print_verdicts(app, *opened, *judged);
    prune_programs(app.places.build / "programs", kProgramsKept);
    // Replaying one counterexample says nothing about how far the answer is.
    if (only_case->empty()) {
        if (auto recorded = record_check(app, *opened, judged->grading); !recorded) {
            return pass_on(recorded);
        }
    }
    return kExitDone;
}

}  // namespace onsite
