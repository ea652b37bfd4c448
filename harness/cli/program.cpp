#include "harness/cli/program.hpp"

#include <signal.h>
#include <utility>

#include <CLI/CLI.hpp>

#include "base/clock.hpp"
#include "base/command_words.hpp"
#include "base/error.hpp"
#include "base/guarded_main.hpp"
#include "base/installation.hpp"
#include "harness/cli/commands.hpp"

namespace onsite {
namespace {

Result<int> run_here(const Run& run, Clock& clock, Interrupts& interrupts, const Console& console) {
    Places places = find_places();
    auto catalog = load_catalog(places.root);
    if (!catalog) return pass_on(catalog);
    App app{.places = std::move(places),
            .console = console,
            .clock = clock,
            .interrupts = interrupts,
            .catalog = std::move(*catalog)};
    return run(app);
}

int parse_and_run(int argc, char** argv, CLI::App& cli, const Run& run) {
    const Console console = Console::of_this_process();
    if (const auto status = read_words(cli, argc, argv, console)) return *status;
    SystemClock clock;
    Interrupts interrupts;
    auto status = run_here(run, clock, interrupts, console);
    console.clear_progress();
    if (status) return console.end_with(*status);
    console.complain(status.error().message);
    return exit_status_of(status.error().kind);
}

}  // namespace

Places find_places() {
    Installation found = find_installation();
    const std::string attempts = (found.root / "attempts").string();
    return {.root = std::move(found.root),
            .build = std::move(found.build),
            .attempts = environment("ONSITE_ATTEMPTS", attempts)};
}

int run_program(int argc, char** argv, CLI::App& cli, const Run& run) {
    // A reader that goes away (`onsite | head`, a subject that closes its stdin) is no reason to
    // die.
    signal(SIGPIPE, SIG_IGN);
    return guarded_main([&] { return parse_and_run(argc, argv, cli, run); });
}

}  // namespace onsite
