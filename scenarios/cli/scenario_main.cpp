#include "scenarios/cli/scenario_main.hpp"

#include <algorithm>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/command_words.hpp"
#include "base/guarded_main.hpp"
#include "base/parse_number.hpp"
#include "scenarios/cli/choices.hpp"
#include "scenarios/cli/commands.hpp"

namespace onsite::scenarios {
namespace {

constexpr const char* kReplayFooter = R"(
Without a scenario it lists the catalogue. Without --shop it plays the first shop that the scenario
expects to fail, or the reference when there is none. Every run is made twice and compared.

With --subject a payment client as section 4 has it (payments.cpp, payments.ts or payments.py) takes
the payments, in its box; everything around it is the reference. Such a run is labelled `ordered`,
or `best-effort` when its two runs differ, never `exact`.

With --against the shop is a service that listens at URL on this machine, in any language: Onsite
is the fake Stripe, the shopper and the sender of webhooks (docs/reference/service-contract.md).
Start the service with the variables that are printed first. Such a run is labelled as a client's
is; what cannot be judged is named; one that never met the story is `inconclusive`.

Exit status: 0 as the scenario expects (or, when it expects nothing of the shop, no promise is
broken), 1 otherwise, also inconclusive (with --all that is `open`, and no failure), 2 a word, a
file, the client or the service is wrong, 3 the program failed.

Examples:
  ./onsite replay
  ./onsite replay lost-response-fresh-key
  ./onsite replay lost-response-fresh-key --shop reference --trace trace.jsonl
  ./onsite replay lost-response-fresh-key --html sequence.html
  ./onsite replay --all
  ./onsite replay retry-with-another-body --subject attempts/idempotency-1
  ./onsite replay retry-with-another-body --against http://127.0.0.1:8080)";

constexpr const char* kExploreFooter = R"(
Each seed makes explicit faults of the scenario's `chaos`, or of the usual one when it has none, and
the run is judged. Each promise that is broken on an operation is kept once, as a folder with the
scenario as it was, resolved and shrunk, its trace, result and story.

Exit status: 0 nothing was found, 1 something was, 2 a word or a file is wrong, 3 the program
failed.

Examples:
  ./onsite explore racing-double-click --shop reference
  ./onsite explore lost-response-fresh-key --shop key-in-memory --seeds 0..999
  ./onsite explore mine.scenario.json --seeds 17 --resolved resolved.scenario.json)";

constexpr const char* kSweepFooter = R"(
Prints a line for the story as it is and for each thing that was tried and happened, and what it
broke. What the scenario itself lets go wrong goes wrong as well. Each promise that is broken on an
operation is kept once, as `onsite explore` keeps it.

Exit status: 0 every promise was kept, 1 one was broken, 2 a word or a file is wrong, 3 the program
failed.

Examples:
  ./onsite sweep racing-double-click --shop reference
  ./onsite sweep lost-response-fresh-key)";

constexpr const char* kShrinkFooter = R"(
Prints the small scenario, or writes it to --output, whose name must end in .scenario.json. The same
promise is broken on the same operation, and no fault, crash or step that is left can be removed.

Exit status: 0 it is small now, 2 a word or a file is wrong, or the shop breaks no such promise,
3 the program failed.

Examples:
  ./onsite shrink key-older-than-a-day
  ./onsite shrink mine.scenario.json --shop fresh-key-per-attempt --checker no_double_charge
  ./onsite shrink mine.scenario.json --output small.scenario.json)";

// What was typed, and the command that it was typed for.
struct Typed {
    ReplayWords replay;
    ExploreWords explore;
    SweepWords sweep;
    ShrinkWords shrink;
    std::function<Result<int>(const Console&)> run;
};

constexpr const char* kScenarioHelp = "an id of the catalogue, or a file";
constexpr const char* kSearchedShopHelp =
    "which shop plays it; default: the first that is expected to fail";
constexpr const char* kFailuresHelp = "the folder in which failures are kept; default: failures";

// A command, which runs with its words when it is the one that was typed.
template <typename Words>
CLI::App& add_command(CLI::App& cli, Typed& typed, const char* name, const char* description,
                      const Words& words, Result<int> (*run)(const Words&, const Console&)) {
    CLI::App& command = *cli.add_subcommand(name, description);
    command.callback([&typed, &words, run] {
        typed.run = [&words, run](const Console& console) { return run(words, console); };
    });
    return command;
}

void add_service(CLI::App& command, ServiceWords& words, const std::vector<CLI::Option*>& others) {
    constexpr std::int64_t kWindowMsMax = 10'000;
    constexpr std::int64_t kWaitSecondsMax = 3'600;
    CLI::Option* const url =
        command.add_option("--against", words.url, "the URL of a service that plays it");
    for (CLI::Option* const other : others) url->excludes(other);
    command
        .add_option(
            "--listen", words.stripe_port,
            fmt::format("the fake Stripe's port for the service; default: {}, 0: any free one",
                        kStripePortUsual))
        ->check(whole_number(0, 65'535))
        ->needs(url);
    command
        .add_option("--window", words.window_ms,
                    "milliseconds of silence before virtual time moves; default: 20")
        ->check(whole_number(1, kWindowMsMax))
        ->needs(url);
    command.add_option("--wait", words.wait_s, "seconds to wait for the service; default: 30")
        ->check(whole_number(0, kWaitSecondsMax))
        ->needs(url);
}

void add_replay(CLI::App& cli, Typed& typed) {
    auto& words = typed.replay;
    CLI::App& command =
        add_command(cli, typed, "replay", "Plays a failure scenario and judges what happened.",
                    words, run_replay);
    command.footer(kReplayFooter);
    CLI::Option* const scenario = command.add_option("scenario", words.scenario, kScenarioHelp);
    CLI::Option* const shop = command.add_option(
        "--shop", words.shop, "which shop plays it: reference, or one with a defect");
    CLI::Option* const judge = command.add_option("--judge", words.judged_file,
                                                  "judge the trace in this file; play nothing");
    CLI::Option* const subject = command.add_option(
        "--subject", words.client,
        "the folder of a payment client that plays it, such as attempts/idempotency-1");
    subject->excludes(shop)->excludes(judge);
    add_service(command, words.service, {shop, judge, subject});
    command.add_option("--trace", words.trace_file, "write the trace to this file");
    command.add_option("--har", words.har_file, "write the requests to this file, as HAR 1.2");
    command.add_option("--otlp", words.otlp_file, "write the run to this file, as OTLP/JSON spans");
    command.add_option("--html", words.html_file,
                       "write a sequence diagram to this file, as a page");
    command.add_flag("--json", words.is_json, "the result as one JSON object");
    command.add_flag("--all", words.plays_all, "play the whole catalogue, a line for each run")
        ->excludes(scenario)
        ->excludes(judge);
}

void add_explore(CLI::App& cli, Typed& typed) {
    auto& words = typed.explore;
    CLI::App& command =
        add_command(cli, typed, "explore",
                    "Looks for failures: plays a scenario with other random faults for each seed.",
                    words, run_explore);
    command.footer(kExploreFooter);
    command.add_option("scenario", words.scenario, kScenarioHelp)->required();
    command.add_option("--shop", words.shop, kSearchedShopHelp);
    command.add_option("--seeds", words.seeds, "which seeds, both ends included; default: 0..9999");
    command.add_option("--failures", words.failures, kFailuresHelp);
    command.add_option("--resolved", words.resolved_file,
                       "write what one seed makes of the scenario to this file; search nothing");
}

void add_sweep(CLI::App& cli, Typed& typed) {
    auto& words = typed.sweep;
    CLI::App& command =
        add_command(cli, typed, "sweep",
                    "Crashes a shop wherever it waits and tries each fault wherever it can happen.",
                    words, run_sweep);
    command.footer(kSweepFooter);
    command.add_option("scenario", words.scenario, kScenarioHelp)->required();
    command.add_option("--shop", words.shop, kSearchedShopHelp);
    command.add_option("--failures", words.failures, kFailuresHelp);
}

void add_shrink(CLI::App& cli, Typed& typed) {
    auto& words = typed.shrink;
    CLI::App& command =
        add_command(cli, typed, "shrink", "Makes a failing scenario as small as its failure.",
                    words, run_shrink);
    command.footer(kShrinkFooter);
    command.add_option("scenario", words.scenario, kScenarioHelp)->required();
    command.add_option("--shop", words.shop,
                       "which shop fails; default: the first that is expected to");
    command.add_option("--checker", words.checker,
                       "which promise; default: the first that is broken");
    command.add_option("--output", words.output, "write the small scenario to this file");
}

// An empty word is most often a variable that is not set. Taken for one that was left out, it would
// have another shop judged than the one that was meant.
Result<void> no_empty_words(const CLI::App& cli) {
    for (const CLI::App* command : cli.get_subcommands()) {
        for (const CLI::Option* option : command->get_options()) {
            const auto& found = option->results();
            if (std::ranges::find(found, "") == found.end()) continue;
            return usage_error(
                fmt::format("expected a word for {}, found an empty one; give one "
                            "or leave it out",
                            option->get_name()));
        }
    }
    return {};
}

// Asked for a client without knowing how to open one: another program takes over. Returns when
// there is none.
Result<int> become_the_one_that_plays_clients(char** words) {
    const auto program =
        std::filesystem::read_symlink("/proc/self/exe").parent_path() / "onsite-replay";
    execv(program.c_str(), words);
    return tool_error(fmt::format(
        "expected the program {}, which plays clients, found none; `./onsite replay` builds it",
        program.string()));
}

int run_main(int count, char** words, const OpenClient& open_client) {
    CLI::App cli("Failure scenarios: played, searched and made small.", "onsite");
    cli.set_version_flag("--version", ONSITE_VERSION);
    cli.require_subcommand(1);
    cli.fallthrough();
    Typed typed;
    add_replay(cli, typed);
    add_explore(cli, typed);
    add_sweep(cli, typed);
    add_shrink(cli, typed);
    const Console console = Console::of_this_process();
    if (const auto status = read_words(cli, count, words, console)) return *status;
    if (const auto whole = no_empty_words(cli); !whole) {
        return exit_status_of(std::unexpected(whole.error()), console);
    }
    SystemClock clock;
    typed.replay.clock = &clock;
    typed.replay.open_client = open_client;
    if (!typed.replay.client.empty() && !open_client) {
        return exit_status_of(become_the_one_that_plays_clients(words), console);
    }
    return exit_status_of(typed.run(console), console);
}

}  // namespace

int scenario_main(int count, char** words, const OpenClient& open_client) {
    return guarded_main([&] { return run_main(count, words, open_client); });
}

}  // namespace onsite::scenarios
