#include "solutions/1-reconciliation/production/cli/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/command_words.hpp"
#include "base/installation.hpp"
#include "base/parse_number.hpp"
#include "solutions/1-reconciliation/production/plan/task.hpp"
#include "solutions/1-reconciliation/production/record/run_store.hpp"

namespace onsite::reconcile {
namespace {

using Words = CommandLine::Words;

constexpr const char* kFooter = R"(
Exit status: 0 equal (also two feeds without rows, which are warned of),
1 differences, 4 rows were rejected (and there may be differences),
2 a word or a file is wrong, 3 the run failed and nothing was recorded, or its
report could not be printed: "history" tells which.

Examples:
  ./onsite reconcile ledger.csv bank.csv --out results
  ./onsite reconcile --ledger monday.csv --ledger tuesday.csv.gz --bank statement.ndjson.zst
  zcat bank.csv.gz | onsite reconcile ledger.csv - --date 2026-11-23
  ./onsite reconcile ledger.csv bank.csv --bank-columns id=reference --bank-amounts decimal
  ./onsite reconcile verify 3f2a)";

// XDG Base Directory Specification: state that outlives the program. Nowhere when nobody says
// whose: a service without a home would keep its record in a folder of the root, and nobody would
// find it.
std::string default_record() {
    const std::string named = environment("ONSITE_RECORD", "");
    if (!named.empty()) return named;
    const std::string state = environment("XDG_STATE_HOME", "");
    const std::string home = environment("HOME", "");
    if (state.empty() && home.empty()) return {};
    return (state.empty() ? home + "/.local/state" : state) + "/onsite/reconcile.sqlite";
}

// For --help, which ends up in logs: a URL may have a password.
std::string default_record_shown() {
    return environment("ONSITE_RECORD", "").empty() ? default_record() : "$ONSITE_RECORD";
}

constexpr const char* kRecordHelp =
    "where runs are recorded: sqlite:FILE or postgresql://USER@HOST/DATABASE";

void add_feeds(CLI::App& cli, Words& line) {
    RunWords& run = line.run;
    cli.add_option("LEDGER", line.positional[0], "file of the ledger; - is standard input");
    cli.add_option("BANK", line.positional[1], "file of the bank");
    for (const Side side : {Side::ledger, Side::bank}) {
        FeedWords& feed = run.feeds[static_cast<std::size_t>(side)];
        const std::string name = "--" + std::string(to_string(side));
        cli.add_option(name, feed.files, "a file of this feed; once for each file")
            ->group("Feeds")
            ->allow_extra_args(false);
        cli.add_option(name + "-format", feed.format, "as --input, of this feed")->group("Feeds");
        cli.add_option(name + "-amounts", feed.amounts, "as --amounts, of this feed")
            ->group("Feeds");
        cli.add_option(name + "-columns", feed.columns, "as --columns, of this feed")
            ->group("Feeds");
        cli.add_option(name + "-delimiter", feed.delimiter, "as --delimiter, of this feed")
            ->group("Feeds");
        cli.add_flag(name + "-no-header", feed.has_no_header, "as --no-header, of this feed")
            ->group("Feeds");
    }
    cli.add_option("--input", run.both.format, "csv or ndjson; auto: by the name of the file")
        ->capture_default_str()
        ->group("Feeds");
    cli.add_option("--amounts", run.both.amounts,
                   "minor: 1050 is 10.50 USD; decimal: 10.50 is, and 1050 JPY is 1050")
        ->capture_default_str()
        ->group("Feeds");
    cli.add_option("--columns", run.both.columns,
                   "id=NAME,amount=NAME,currency=NAME; with --no-header: id=1,amount=2,currency=3,"
                   "of=3")
        ->group("Feeds");
    cli.add_option("--delimiter", run.both.delimiter, "between CSV fields: one byte, or tab")
        ->group("Feeds");
    cli.add_flag("--no-header", run.both.has_no_header, "the CSV files have none")->group("Feeds");
}

void add_results(CLI::App& cli, Words& line) {
    RunWords& run = line.run;
    cli.add_option("--date", run.date, "the day that is reconciled; default: today (UTC)")
        ->group("Results");
    cli.add_option("--out", run.out, "a new folder for the findings, summary.json and report.html")
        ->group("Results");
    cli.add_option("--format", run.form, "of the findings in that folder: csv or ndjson")
        ->capture_default_str()
        ->group("Results");
    cli.add_option("--record", run.record, kRecordHelp)
        ->default_str(default_record_shown())
        ->group("Results");
    cli.add_flag("--no-record", run.has_no_record, "record nothing, look nothing up")
        ->group("Results");
    cli.add_flag("--json", run.as_json, "print the record as JSON")->group("Results");
}

void add_plan(CLI::App& cli, Words& line) {
    PlanOptions& plan = line.run.plan;
    constexpr const char* kGroup = "More than one process or machine";
    cli.add_option("--tasks", plan.tasks, "cut the work into so many tasks")->group(kGroup);
    cli.add_flag("--slurm", plan.uses_slurm, "the tasks run as job arrays of Slurm")->group(kGroup);
    cli.add_option("--shared", plan.shared_folder,
                   "where tasks leave what the next ones need; all nodes have it; default: --temp")
        ->group(kGroup);
    cli.add_option("--sbatch", plan.sbatch_words,
                   "a word for sbatch, as --sbatch=--partition=night; once for each")
        ->allow_extra_args(false)
        ->group(kGroup);
    cli.add_option("--task-program", plan.task_program,
                   "starts a task with the words \"task FOLDER STAGE INDEX\"; default: this one")
        ->group(kGroup);
    cli.add_flag("--plan", plan.is_only_printed, "print the plan and run nothing")->group(kGroup);
}

void add_engine(CLI::App& cli, Words& line) {
    RunWords& run = line.run;
    cli.add_option("--memory", run.memory, "what the run may take; the rest goes to --temp")
        ->capture_default_str()
        ->group("Engine");
    cli.add_option("--temp", run.temp_folder, "folder for what does not fit into memory")
        ->capture_default_str()
        ->group("Engine");
    cli.add_option("--threads", run.threads, "1 or 2; with --tasks how many run at a time")
        ->capture_default_str()
        ->group("Engine");
    cli.add_option("--strategy", run.strategy,
                   "auto, hash, sort-merge or sketch; with --tasks hash or sketch")
        ->capture_default_str()
        ->group("Engine");
    cli.add_flag("--exact", run.exact,
                 "no sketch, whose chance to hide a difference is below 2^-100 and not 0")
        ->group("Engine");
}

CLI::App* add_record_command(CLI::App& cli, Words& line, const char* name, const char* help,
                             Result<int> (*command)(const RecordWords&, const Machine&)) {
    CLI::App* sub = cli.add_subcommand(name, help);
    const CLI::Option* const record = sub->add_option("--record", line.record.record, kRecordHelp)
                                          ->default_str(default_record_shown());
    sub->callback([&line, command, record] {
        line.record.is_named = record->count() > 0 || !environment("ONSITE_RECORD", "").empty();
        line.command = [&line, command](const Machine& machine) {
            return command(line.record, machine);
        };
    });
    return sub;
}

void add_record_commands(CLI::App& cli, Words& line) {
    CLI::App* history =
        add_record_command(cli, line, "history", "the recorded runs, newest last", history_command);
    history->add_option("--limit", line.record.limit, "how many")
        ->capture_default_str()
        ->check(whole_number(1, kHistoryMax));
    history->add_flag("--json", line.record.as_json, "as JSON");
    CLI::App* show = add_record_command(cli, line, "show", "one recorded run", show_command);
    show->add_option("RUN", line.record.run, "its name, or the beginning of it")->required();
    show->add_flag("--json", line.record.as_json, "as JSON");
    CLI::App* verify = add_record_command(
        cli, line, "verify", "read a run's files again: is its record true?", verify_command);
    verify->add_option("RUN", line.record.run, "its name, or the beginning of it")->required();
}

// For who starts tasks: a plan, Slurm, or somebody who looks into a failure.
void add_task_command(CLI::App& cli, Words& line) {
    CLI::App* sub = cli.add_subcommand("task", "one task of a plan, by hand");
    sub->add_option("FOLDER", line.task[0], "of the run, with its plan.json")->required();
    sub->add_option("STAGE", line.task[1], "survey, boundaries, sketch, ...")->required();
    sub->add_option("INDEX", line.task[2], "of the task in its stage, from 0")->required();
    sub->callback([&line] {
        line.command = [&line](const Machine&) -> Result<int> {
            return run_task_program(line.task[0], line.task[1], line.task[2]);
        };
    });
}

// An empty word is a variable of a script that was not set, and means no default.
void refuse_empty_words(CLI::App& cli) {
    for (CLI::Option* const option : cli.get_options()) {
        if (option->get_items_expected_max() == 0) continue;  // A flag.
        option->check([](const std::string& word) -> std::string {
            if (!word.empty()) return {};
            return "expected a value, found an empty one; give one, or leave the option out";
        });
    }
    for (CLI::App* const sub : cli.get_subcommands([](CLI::App*) { return true; })) {
        refuse_empty_words(*sub);
    }
}

// A record command would do nothing with the words of a run.
Result<void> expect_no_words_of_a_run(CLI::App& cli) {
    for (const CLI::Option* const option : cli.get_options()) {
        if (option->count() == 0) continue;
        return usage_error(fmt::format(
            "expected nothing before {0}, found {1} {2}; leave it out, or write it behind {0}",
            cli.get_subcommands().front()->get_name(), option->get_name(),
            fmt::join(option->results(), " ")));
    }
    return {};
}

}  // namespace

CommandLine::CommandLine(const char* version)
    : cli_(std::make_unique<CLI::App>(
          "Reconciles two feeds of transactions: exact, recorded, processed once.",
          "onsite reconcile")) {
    words_.run.record = words_.record.record = default_record();
    cli_->footer(kFooter);
    cli_->set_version_flag("--version", version);
    add_feeds(*cli_, words_);
    add_results(*cli_, words_);
    add_engine(*cli_, words_);
    add_plan(*cli_, words_);
    add_record_commands(*cli_, words_);
    add_task_command(*cli_, words_);
    refuse_empty_words(*cli_);
}

CommandLine::~CommandLine() = default;

std::optional<int> CommandLine::read(int count, char** words, const Console& console) {
    return read_words(*cli_, count, words, console);
}

Result<int> CommandLine::run(const Machine& machine) {
    if (words_.command) {
        if (auto alone = expect_no_words_of_a_run(*cli_); !alone) return pass_on(alone);
        return words_.command(machine);
    }
    for (std::size_t side = 0; side < kSides; ++side) {
        auto& files = words_.run.feeds[side].files;
        if (words_.positional[side].empty()) continue;
        if (!files.empty()) {
            return usage_error(
                "expected LEDGER and BANK, or --ledger and --bank for several files, found both; "
                "name each file with an option");
        }
        files.push_back(words_.positional[side]);
    }
    return reconcile_command(words_.run, machine);
}

}  // namespace onsite::reconcile
