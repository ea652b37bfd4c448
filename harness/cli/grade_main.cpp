// onsite-grade: `onsite grade` becomes this program.
#include <CLI/CLI.hpp>

#include "base/parse_number.hpp"
#include "harness/catalog/rubric.hpp"
#include "harness/cli/commands.hpp"
#include "harness/cli/program.hpp"
#include "harness/judging/check_job.hpp"

namespace onsite {
namespace {

void add_words(CLI::App& cli, GradeOptions& options) {
    cli.add_option("attempt", options.which, kWhichHelp);
    cli.add_option_function<std::string>(
           "--format",
           [&options](const std::string& word) { options.format = *report_format_from(word); },
           "text, json, junit, gradescope, html or csv")
        ->check(
            CLI::IsMember({"text", "json", "junit", "gradescope", "html", "csv"}).description(""));
    cli.add_option("--seed", options.seed, "repeat the grade of this seed")->check(whole_number());
    cli.add_option("--require", options.require, "exit with status 1 when fewer points are earned")
        ->check(whole_number(0, kPointsPossible));
    cli.add_option("--only", options.only, "run one check, and record nothing");
    cli.add_option("--growth-rows", options.growth_rows_max,
                   "most rows per feed in the growth check")
        ->check(whole_number(1, kGrowthRowsMax))
        ->capture_default_str();
}

}  // namespace
}  // namespace onsite

int main(int argc, char** argv) {
    using namespace onsite;
    CLI::App cli("Every check and measurement; prints the scorecard.", "onsite grade");
    GradeOptions options;
    add_words(cli, options);
    return run_program(argc, argv, cli, [&](App& app) { return run_grade(app, options); });
}
