#include "harness/selftest/selftest.hpp"

#include <map>

#include <fmt/format.h>

#include "harness/cli/commands.hpp"

namespace onsite {
namespace {

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

}  // namespace onsite
