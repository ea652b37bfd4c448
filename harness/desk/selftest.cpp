#include "harness/selftest/selftest.hpp"

#include <map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "base/parse_number.hpp"
#include "harness/cli/commands.hpp"
#include "harness/desk/selftest_command.hpp"

namespace onsite {
namespace {

constexpr int kReferenceSeedsMax = 1'000;

struct Tally {
    int held = 0;
    int all = 0;
};

// What each group proves, in the order they run.
constexpr std::pair<const char*, const char*> kGroups[] = {
    {"references", "references score full marks"},
    {"starters", "starters score low"},
    {"mutants", "mutants lose exactly the criterion they are named for"},
    {"hostile", "hostile submissions are contained"}};

Result<void> run_groups(const SelftestWork& work, const SelftestOptions& options) {
    const bool runs_all =
        !options.references && !options.starters && !options.mutants && !options.hostile;
    Result<void> done;
    if (done && (runs_all || options.references)) {
        done = prove_references(work, options.seed, options.seeds);
    }
    if (done && (runs_all || options.starters)) done = prove_starters(work);
    if (done && (runs_all || options.mutants)) done = prove_mutants(work);
    if (done && (runs_all || options.hostile)) done = prove_hostile(work);
    return done;
}

Result<int> summarise(const App& app, const std::map<std::string, Tally>& tallies) {
    bool holds = true;
    app.console.print("\n");
    for (const auto& [group, promise] : kGroups) {
        const auto found = tallies.find(group);
        if (found == tallies.end()) continue;
        const Tally tally = found->second;
        holds = holds && tally.held == tally.all;
        app.console.print(fmt::format("{}/{} {}\n", tally.held, tally.all, promise));
    }
    if (tallies.empty())
        return usage_error(
            "expected something to prove, found nothing: no name "
            "contains the words after --only");
    return holds ? kExitDone : kExitToolFailed;
}

}  // namespace

Result<int> run_selftest(App& app, const SelftestOptions& options) {
    std::map<std::string, Tally> tallies;
    const Cancel cancel = app.cancel_on_interrupt();
    for (const Exercise& exercise : app.catalog) {
        if (!options.slug.empty() && options.slug != exercise.slug) continue;
        const SelftestWork work{
            .exercise = exercise,
            .places = app.places,
            .cancel = cancel,
            .clock = app.clock,
            .only = options.only,
            .on_proof = [&](const Proof& proof) {
                ++tallies[proof.group].all;
                tallies[proof.group].held += proof.holds ? 1 : 0;
                app.console.print(fmt::format("{:<5}{:<12}{:<44} {}\n", proof.holds ? "ok" : "FAIL",
                                              proof.group, proof.name, proof.found));
            }};
        if (auto done = run_groups(work, options); !done) return pass_on(done);
    }
    return summarise(app, tallies);
}

void add_selftest(CLI::App& cli, SelftestOptions& options, std::function<Result<int>(App&)>& run) {
    CLI::App* selftest = cli.add_subcommand("selftest", "the grader's own proof");
    selftest->add_option("slug", options.slug, "one section; default: all");
    selftest->add_flag("--references", options.references, "solutions score full marks");
    selftest->add_flag("--starters", options.starters, "starters score low without a crash");
    selftest->add_flag("--mutants", options.mutants, "mutants lose exactly one criterion");
    selftest->add_flag("--hostile", options.hostile, "hostile submissions are contained");
    selftest->add_option("--only", options.only, "names that contain this");
    selftest->add_option("--seeds", options.seeds, "grades of each reference")
        ->check(whole_number(1, kReferenceSeedsMax))
        ->capture_default_str();
    selftest->add_option("--seed", options.seed, "the first seed")
        ->check(whole_number())
        ->capture_default_str();
    selftest->callback([&] { run = [&options](App& app) { return run_selftest(app, options); }; });
}

}  // namespace onsite
