#include "harness/desk/interview_words.hpp"

#include <CLI/CLI.hpp>

#include "base/parse_number.hpp"
#include "harness/judging/check_job.hpp"

namespace onsite {
namespace {

using Run = std::function<Result<int>(App&)>;

void add_report(CLI::App& loop, InterviewWords& words, Run& run) {
    CLI::App* report = loop.add_subcommand(
        "report", "time and score of every section; --format text, html or json");
    report->add_option("loop", words.report.which, "loop-1; default: the latest");
    report
        ->add_option_function<std::string>(
            "--format",
            [&words](const std::string& word) { words.report.format = *report_format_from(word); },
            "text, html or json")
        ->check(CLI::IsMember({"text", "html", "json"}).description(""));
    report->callback([&] { run = [&](App& app) { return run_loop_report(app, words.report); }; });
}

void add_loop_steps(CLI::App& loop, InterviewWords& words, Run& run) {
    CLI::App* next = loop.add_subcommand("next", "hand the section in and begin the next one");
    next->callback([&] { run = run_loop_next; });
    CLI::App* pause = loop.add_subcommand("pause", "stop the clock; not with --strict");
    pause->callback([&] { run = run_loop_pause; });
    CLI::App* resume = loop.add_subcommand("resume", "let the clock run again");
    resume->callback([&] { run = run_loop_resume; });
    CLI::App* watch = loop.add_subcommand("watch", "count down on the terminal, until Ctrl-C");
    watch->callback([&] { run = run_loop_watch; });
    CLI::App* grade =
        loop.add_subcommand("grade", "grade every section that is over; --seed, --growth-rows");
    grade->add_option("--seed", words.grade.seed, "the seed of every grade")->check(whole_number());
    grade
        ->add_option("--growth-rows", words.grade.growth_rows_max,
                     "most rows per feed in growth checks")
        ->check(whole_number(1, kGrowthRowsMax))
        ->capture_default_str();
    grade->callback([&] { run = [&](App& app) { return run_loop_grade(app, words.grade); }; });
    add_report(loop, words, run);
}

void add_loop(CLI::App& cli, InterviewWords& words, Run& run) {
    CLI::App* loop = cli.add_subcommand(
        "loop", "the whole interview: every section with its minutes, one report");
    loop->require_subcommand(0, 1);
    loop->add_flag("--strict", words.loop.is_strict,
                   "interview rules: no hints, no solution, no pause");
    loop->add_option("--lang", words.loop.language,
                     "cpp, typescript or python, where there is code");
    loop->add_option("--minutes-scale", words.loop.minutes_scale,
                     "0.01 makes a minute 0.6 seconds, for demonstrations; default: 1");
    loop->add_flag("--new", words.loop.is_new, "another interview, although one is there");
    add_loop_steps(*loop, words, run);
    // Called after the callback of a step, which then stays.
    loop->callback([&run, &words, loop] {
        if (!loop->get_subcommands().empty()) return;
        run = [&words](App& app) { return run_loop(app, words.loop); };
    });
}

void add_rate(CLI::App& cli, InterviewWords& words, Run& run) {
    CLI::App* rate = cli.add_subcommand(
        "rate", "rate your own work where a person judges: [ATTEMPT] [CRITERION [LEVEL]]");
    rate->add_option("words", words.rate.words,
                     "nothing: all questions; a criterion: its levels; a level from 1 to 4: your "
                     "rating")
        ->expected(0, 3);
    rate->add_option("--anchor", words.rate.anchor,
                     "what it rests on: FILE:LINE, case:NAME, event:N or minute:M");
    rate->add_option("--note", words.rate.note, "a sentence for whoever reviews it");
    rate->callback([&] { run = [&](App& app) { return run_rate(app, words.rate); }; });
}

}  // namespace

void add_interview(CLI::App& cli, InterviewWords& words, Run& run) {
    constexpr const char* kWhich = "an attempt, its section or its folder; default: the latest";
    add_loop(cli, words, run);
    add_rate(cli, words, run);
    CLI::App* seal =
        cli.add_subcommand("seal", "hand an attempt in: nothing in it changes any more");
    seal->add_option("attempt", words.sealed, kWhich);
    seal->callback([&] { run = [&](App& app) { return run_seal(app, words.sealed); }; });
    CLI::App* verify = cli.add_subcommand(
        "verify", "prove that files, clock, rubric and verdicts belong together; status 1 if not");
    verify->add_option("attempt", words.verify.which, kWhich);
    verify->add_option("--seal", words.verify.seal, "the seal that was handed in");
    verify->add_flag("--no-rerun", words.verify.skips_rerun,
                     "read the records only, do not run the checks again");
    verify->callback([&] { run = [&](App& app) { return run_verify(app, words.verify); }; });
}

}  // namespace onsite
