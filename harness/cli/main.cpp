// The command line: reads the words, runs one command, turns errors into one line and a status.
#include <cstdlib>
#include <functional>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>

#include "base/clock.hpp"
#include "harness/cli/commands.hpp"

namespace onsite {
namespace {

std::string environment(const char* name, const std::string& fallback) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? fallback : value;
}

// The script sets ONSITE_ROOT; a program started by hand finds the root above build/<preset>/bin.
Places find_places() {
    namespace fs = std::filesystem;
    const fs::path build = fs::read_symlink("/proc/self/exe").parent_path().parent_path();
    const fs::path root = environment("ONSITE_ROOT", build.parent_path().parent_path().string());
    return {.root = root,
            .build = build,
            .attempts = environment("ONSITE_ATTEMPTS", (root / "attempts").string())};
}

// The words of the command line, and which command they chose.
struct CommandLine {
    StartOptions start;
    CheckOptions check;
    GradeOptions grade;
    std::string which;  // For hint and next.
    SolutionOptions solution;
    SelftestOptions selftest;
    std::function<Result<int>(App&)> run = run_status;
};

constexpr const char* kWhichHelp =
    "a section (reconciliation), an attempt (reconciliation-2) or its folder; default: the latest";

void add_start(CLI::App& cli, CommandLine& line) {
    CLI::App* command = cli.add_subcommand(
        "start", "make an attempt, show the brief, start the clock, give the first feedback");
    command->add_option("slug", line.start.slug, "the section: reconciliation")->required();
    command->add_option("--lang", line.start.language,
                        "cpp, typescript or python; default: cpp, where there is code to write");
    command->add_flag("--strict", line.start.is_strict,
                      "interview rules: no hints and no solution while the clock runs");
    command->add_flag("--new", line.start.is_new, "another attempt, although one is open");
    command->callback([&line] {
        line.start.started_at_ms = std::atoll(environment("ONSITE_STARTED_MS", "0").c_str());
        line.run = [&line](App& app) { return run_start(app, line.start); };
    });
}

void add_check(CLI::App& cli, CommandLine& line) {
    CLI::App* command = cli.add_subcommand("check", "fast verdict on the visible cases");
    command->add_option("attempt", line.check.which, kWhichHelp);
    command->add_flag("--watch", line.check.watches, "again at every save, until Ctrl-C");
    command->add_option("--case", line.check.case_file,
                        "run one test case, such as failures/agrees_with_the_model.json");
    command->add_option("--saves", line.check.timeout_saves, "with --watch: end after N verdicts");
    command->callback(
        [&line] { line.run = [&line](App& app) { return run_check(app, line.check); }; });
}

void add_grade(CLI::App& cli, CommandLine& line) {
    CLI::App* command =
        cli.add_subcommand("grade", "every check and measurement; prints the scorecard");
    command->add_option("attempt", line.grade.which, kWhichHelp);
    command
        ->add_option_function<std::string>(
            "--format",
            [&line](const std::string& word) { line.grade.format = *report_format_from(word); },
            "text, json, junit, gradescope or html")
        ->check(CLI::IsMember({"text", "json", "junit", "gradescope", "html"}).description(""));
    command->add_option("--seed", line.grade.seed, "repeat the grade of this seed");
    command->add_option("--require", line.grade.require,
                        "exit with status 1 when fewer points are earned");
    command->add_option("--only", line.grade.only, "run one check, and record nothing");
    command
        ->add_option("--growth-rows", line.grade.growth_rows_max,
                     "most rows per feed in the growth check")
        ->capture_default_str();
    command->callback(
        [&line] { line.run = [&line](App& app) { return run_grade(app, line.grade); }; });
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

void add_proof(CLI::App& cli, CommandLine& line) {
    CLI::App* doctor =
        cli.add_subcommand("doctor", "what is installed, and which isolation layers are on");
    doctor->callback([&line] { line.run = run_doctor; });
    CLI::App* selftest = cli.add_subcommand("selftest", "the grader's own proof");
    selftest->add_option("slug", line.selftest.slug, "one section; default: all");
    selftest->add_flag("--references", line.selftest.references, "solutions score full marks");
    selftest->add_flag("--starters", line.selftest.starters, "starters score low without a crash");
    selftest->add_flag("--mutants", line.selftest.mutants, "mutants lose exactly one criterion");
    selftest->add_flag("--hostile", line.selftest.hostile, "hostile submissions are contained");
    selftest->add_option("--only", line.selftest.only, "names that contain this");
    selftest->add_option("--seeds", line.selftest.seeds, "grades of each reference")
        ->capture_default_str();
    selftest->add_option("--seed", line.selftest.seed, "the first seed")->capture_default_str();
    selftest->callback(
        [&line] { line.run = [&line](App& app) { return run_selftest(app, line.selftest); }; });
}

int exit_status_of(ErrorKind kind) {
    return kind == ErrorKind::usage ? kExitUsage : kExitToolFailed;
}

Result<int> run(CommandLine& line, Clock& clock, Interrupts& interrupts, const Console& console) {
    Places places = find_places();
    auto catalog = load_catalog(places.root);
    if (!catalog) return pass_on(catalog);
    App app{.places = std::move(places),
            .console = console,
            .clock = clock,
            .interrupts = interrupts,
            .catalog = std::move(*catalog)};
    return line.run(app);
}

// `onsite reconcile ...` becomes `onsite-reconcile ...`, beside this program: how git finds
// commands that it does not know. Returns when there is no such program.
void become_external_command(char** argv) {
    const std::string_view word = argv[1] == nullptr ? "" : argv[1];
    const bool is_name =
        !word.empty() && word.front() != '-' &&
        word.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
    if (!is_name) return;
    const auto program = find_places().build / "bin" / ("onsite-" + std::string(word));
    execv(program.c_str(), argv + 1);
}

int main_of(int argc, char** argv) {
    become_external_command(argv);
    CLI::App cli("Practise a payments interview against systems that really run.", "onsite");
    cli.set_version_flag("--version", "onsite 0.1.0");
    cli.require_subcommand(0, 1);
    cli.footer(
        "First time: ./onsite start reconciliation\n"
        "Complete systems behind the answers: ./onsite reconcile LEDGER BANK (section 1)");
    CommandLine line;
    add_start(cli, line);
    add_check(cli, line);
    add_grade(cli, line);
    add_reading(cli, line);
    add_proof(cli, line);
    const Console console = Console::of_this_process();
    try {
        cli.parse(argc, argv);
    } catch (const CLI::Success& shown) {  // --help, --version
        return cli.exit(shown);
    } catch (const CLI::ParseError& problem) {
        console.complain(std::string(problem.what()) + "; see ./onsite --help");
        return kExitUsage;
    }
    SystemClock clock;
    Interrupts interrupts;
    auto status = run(line, clock, interrupts, console);
    console.clear_progress();
    if (status) return *status;
    console.complain(status.error().message);
    return exit_status_of(status.error().kind);
}

}  // namespace
}  // namespace onsite

int main(int argc, char** argv) {
    // A reader that goes away (`onsite | head`, a subject that closes its stdin) is no reason to
    // die.
    signal(SIGPIPE, SIG_IGN);
    try {
        return onsite::main_of(argc, argv);
    } catch (const std::exception& problem) {
        onsite::Console::of_this_process().complain(
            std::string("a fault of the tool, please report it: ") + problem.what());
        return onsite::kExitToolFailed;
    }
}
