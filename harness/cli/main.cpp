// The words of the command line, and which command each of them is.
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "base/installation.hpp"
#include "base/parse_number.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/program.hpp"

namespace onsite {
namespace {

constexpr std::uint64_t kSavesMax = 1'000'000;

// The words of the command line, and which command they chose.
struct CommandLine {
    StartOptions start;
    CheckOptions check;
    std::string which;  // For hint and next.
    SolutionOptions solution;
    Run run = run_status;
};

void add_start(CLI::App& cli, CommandLine& line) {
    CLI::App* command = cli.add_subcommand(
        "start", "make an attempt, show the brief, start the clock, give the first feedback");
    command
        ->add_option("slug", line.start.slug,
                     "the section: reconciliation, invoicing, subscriptions, idempotency or values")
        ->required();
    command->add_option("--lang", line.start.language,
                        "cpp, typescript or python; default: cpp, where there is code to write");
    command->add_flag("--strict", line.start.is_strict,
                      "interview rules: no hints and no solution while the clock runs");
    command->add_flag("--new", line.start.is_new, "another attempt, although one is open");
    command->callback([&line] {
        line.start.started_at_ms =
            parse_number<std::int64_t>(environment("ONSITE_STARTED_MS", "")).value_or(0);
        line.run = [&line](App& app) { return run_start(app, line.start); };
    });
}

void add_check(CLI::App& cli, CommandLine& line) {
    CLI::App* command = cli.add_subcommand("check", "fast verdict on the visible cases");
    command->add_option("attempt", line.check.which, kWhichHelp);
    command->add_flag("--watch", line.check.watches, "again at every save, until Ctrl-C");
    command->add_option("--case", line.check.case_file,
                        "run one test case, such as failures/agrees_with_the_model.json");
    command->add_option("--saves", line.check.saves_max, "with --watch: end after N verdicts")
        ->check(whole_number(1, kSavesMax));
    command->callback(
        [&line] { line.run = [&line](App& app) { return run_check(app, line.check); }; });
}

// Listed here and done by onsite-grade, which is built by the first `./onsite grade`.
void list_grade(CLI::App& cli, CommandLine& line) {
    CLI::App* command =
        cli.add_subcommand("grade", "every check and measurement; prints the scorecard");
    command->allow_extras();
    command->callback([&line] {
        line.run = [](App&) -> Result<int> {
            return tool_error(
                "expected onsite-grade beside this program, found none; run ./onsite grade, "
                "which builds it");
        };
    });
}

void add_reading(CLI::App& cli, CommandLine& line) {
    CLI::App* hint = cli.add_subcommand("hint", "the next hint of four; logged for the reviewer");
    hint->add_option("attempt", line.which, kWhichHelp);
    hint->callback([&line] { line.run = [&line](App& app) { return run_hint(app, line.which); }; });
    CLI::App* next = cli.add_subcommand("next", "reveal the next follow-up and its checks");
    next->add_option("attempt", line.which, kWhichHelp);
    next->callback([&line] { line.run = [&line](App& app) { return run_next(app, line.which); }; });
    CLI::App* solution = cli.add_subcommand("solution", "the reference beside your answer");
    solution->add_option("attempt", line.solution.which, kWhichHelp);
    solution->add_flag("--notes", line.solution.shows_notes,
                       "the design notes of the reference instead");
    solution->callback(
        [&line] { line.run = [&line](App& app) { return run_solution(app, line.solution); }; });
}

void add_doctor(CLI::App& cli, CommandLine& line) {
    CLI::App* doctor =
        cli.add_subcommand("doctor", "what is installed, and which isolation layers are on");
    doctor->callback([&line] { line.run = run_doctor; });
}

// What is done with an attempt after the practice is a program of its own, so that nobody's first
// feedback waits for its compilation.
constexpr std::string_view kDeskWords[] = {"loop",      "seal",      "rate",   "verify",  "review",
                                           "agreement", "calibrate", "rubric", "selftest"};
constexpr std::string_view kScenarioWords[] = {"replay", "explore", "sweep", "shrink"};

// These are programs of their own, or done by the script ./onsite.
constexpr std::string_view kOtherWords[] = {"reconcile", "simulate", "drill",
                                            "diagnose",  "test",     "bench"};

// What ./onsite does by another program, for whoever mistypes it; not listed, because the footer
// tells of it. It is only asked to do it when that program is not there.
void add_words_of_others(CLI::App& cli, CommandLine& line) {
    const auto add = [&](std::string_view word) {
        const std::string name(word);
        CLI::App* command = cli.add_subcommand(
            name, "a program of its own; its words: ./onsite " + name + " --help");
        command->group("");
        command->allow_extras();
        command->callback([&line] {
            line.run = [](App&) -> Result<int> {
                return tool_error(
                    "expected the program of this command beside this one, found none; run it by "
                    "./onsite, which builds it");
            };
        });
    };
    std::ranges::for_each(kDeskWords, add);
    std::ranges::for_each(kScenarioWords, add);
    std::ranges::for_each(kOtherWords, add);
}

// "onsite help" is "onsite --help", and "onsite help check" is "onsite check --help".
void turn_help_around(int argc, char** argv) {
    static char help[] = "--help";
    if (argc < 2 || argv[1] != std::string_view("help")) return;
    std::rotate(argv + 1, argv + 2, argv + argc);
    argv[argc - 1] = help;
}

// Words that this program does not know are programs beside it: `onsite reconcile ...` becomes
// `onsite-reconcile ...`, as git's commands do. Returns when there is no such program.
void become_another_program(char** argv) {
    const std::string_view word = argv[1] == nullptr ? "" : argv[1];
    const bool is_name =
        !word.empty() && word.front() != '-' &&
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
    if (!is_name) return;
    const auto is_one_of = [&](const auto& words) {
        return std::ranges::find(words, word) != std::end(words);
    };
    // These two know several words, and are told which was typed.
    const bool is_for_the_desk = is_one_of(kDeskWords);
    const bool is_for_scenarios = is_one_of(kScenarioWords);
    const std::string name = is_for_the_desk    ? "desk"
                             : is_for_scenarios ? "scenario"
                                                : std::string(word);
    const auto program = find_places().build / "bin" / ("onsite-" + name);
    execv(program.c_str(), is_for_the_desk || is_for_scenarios ? argv : argv + 1);
}

}  // namespace
}  // namespace onsite

int main(int argc, char** argv) {
    using namespace onsite;
    turn_help_around(argc, argv);
    become_another_program(argv);
    CLI::App cli("Practise a payments interview against systems that really run.", "onsite");
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.require_subcommand(0, 1);
    cli.footer(
        "First time: ./onsite start reconciliation\n"
        "Every section against the clock: ./onsite loop; then seal, rate, verify\n"
        "For reviewers: ./onsite review, agreement, calibrate, rubric; the grader's proof: "
        "selftest\n"
        "Complete systems behind the answers: ./onsite reconcile LEDGER BANK (section 1)");
    CommandLine line;
    add_start(cli, line);
    add_check(cli, line);
    list_grade(cli, line);
    add_reading(cli, line);
    add_doctor(cli, line);
    add_words_of_others(cli, line);
    return run_program(argc, argv, cli, line.run);
}
