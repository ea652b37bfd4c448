// onsite-desk: what is done after the practice. `onsite review` and the others become this program.
#include <CLI/CLI.hpp>

#include "harness/cli/program.hpp"
#include "harness/desk/interview_words.hpp"
#include "harness/desk/review_commands.hpp"
#include "harness/desk/selftest_command.hpp"

int main(int argc, char** argv) {
    using namespace onsite;
    CLI::App cli("Takes a whole interview, judges attempts, and proves the grader.", "onsite");
    cli.require_subcommand(1);
    InterviewWords interview;
    SelftestOptions selftest;
    Run run;
    add_interview(cli, interview, run);
    add_review_commands(cli, run);
    add_selftest(cli, selftest, run);
    return run_program(argc, argv, cli, run);
}
