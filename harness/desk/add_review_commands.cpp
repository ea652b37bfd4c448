#include <memory>

#include <CLI/CLI.hpp>

#include "base/parse_number.hpp"
#include "harness/cli/program.hpp"
#include "harness/desk/review_commands.hpp"

namespace onsite {
namespace {

// What `review` and `calibrate` share.
void add_form(CLI::App& command, ReviewForm& form, std::string& reviewer, std::string& snippets) {
    command.add_option("--as", reviewer, "the reviewer's name; default: the user's");
    command.add_option("--snippets", snippets,
                       "comments to use again, lines \"name: text\"; default: attempts/.snippets");
    // One value for each of these: the next word may be the attempt.
    command.add_option("--set", form.levels, "CRITERION=LEVEL, 1 to 4")->allow_extra_args(false);
    command
        .add_option("--anchor", form.anchors, "CRITERION=file:line, case:NAME, event:N or minute:N")
        ->allow_extra_args(false);
    command.add_option("--comment", form.comments, "CRITERION=\"...\"")->allow_extra_args(false);
    command.add_flag("--done", form.is_done, "the review is complete");
}

void add_review(CLI::App& cli, Run& run) {
    const auto options = std::make_shared<ReviewOptions>();
    CLI::App* command =
        cli.add_subcommand("review", "score an attempt against the rubric, with evidence");
    command->add_option("attempt", options->which, "an attempt (reconciliation-2) or its folder")
        ->required();
    add_form(*command, options->form, options->reviewer, options->snippets);
    command->add_option("--signal", options->form.signal, "strong_no, no, yes or strong_yes");
    command->add_option("--because", options->form.because, "why that signal");
    command->add_flag("--blind", options->is_blind, "hide names, folders and dates");
    command->add_flag("--again", options->begins_again,
                      "rate once more without seeing what you said");
    command->add_flag("--reveal", options->reveals,
                      "open the reviews, when at least two are complete");
    command->add_flag("--diff", options->shows_difference,
                      "the reference beside it, and inputs on which they disagree");
    command
        ->add_option_function<std::string>(
            "--format",
            [options](const std::string& word) { options->format = report_format_from(word); },
            "print the reviewed scorecard: text, json, junit, gradescope, html or csv")
        ->check(
            CLI::IsMember({"text", "json", "junit", "gradescope", "html", "csv"}).description(""));
    command->callback(
        [&run, options] { run = [options](App& app) { return run_review(app, *options); }; });
}

void add_agreement(CLI::App& cli, Run& run) {
    const auto options = std::make_shared<AgreementOptions>();
    CLI::App* command =
        cli.add_subcommand("agreement", "how far reviewers agree, criterion by criterion");
    command->add_option("--slug", options->slug, "one section; default: all");
    command->add_option("--seed", options->seed, "of the samples that the interval is made of")
        ->check(whole_number())
        ->capture_default_str();
    command->add_flag("--json", options->as_json, "as data");
    command->callback(
        [&run, options] { run = [options](App& app) { return run_agreement(app, *options); }; });
}

void add_calibrate(CLI::App& cli, Run& run) {
    const auto options = std::make_shared<CalibrateOptions>();
    CLI::App* command = cli.add_subcommand(
        "calibrate", "rate attempts with agreed scores, and see how far you agree");
    command->add_option("slug", options->slug, "the section: reconciliation")->required();
    command->add_option("entry", options->entry, "one of its attempts; default: the next");
    add_form(*command, options->form, options->reviewer, options->snippets);
    command->callback(
        [&run, options] { run = [options](App& app) { return run_calibrate(app, *options); }; });
}

void add_rubric(CLI::App& cli, Run& run) {
    const auto options = std::make_shared<RubricDiffOptions>();
    CLI::App* rubric = cli.add_subcommand("rubric", "work on a rubric");
    rubric->require_subcommand(1);
    CLI::App* diff = rubric->add_subcommand(
        "diff", "what a change does: the words, and who would move by how much");
    diff->add_option("old", options->old_file, "a rubric.json")->required();
    diff->add_option("new", options->new_file, "the same one, changed")->required();
    diff->add_flag("--attempts", options->shows_all, "also the attempts that stay where they are");
    diff->callback(
        [&run, options] { run = [options](App& app) { return run_rubric_diff(app, *options); }; });
}

}  // namespace

void add_review_commands(CLI::App& cli, Run& run) {
    add_review(cli, run);
    add_agreement(cli, run);
    add_calibrate(cli, run);
    add_rubric(cli, run);
}

}  // namespace onsite
