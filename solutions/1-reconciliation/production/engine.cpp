#include "solutions/1-reconciliation/production/engine.hpp"

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/conclusion.hpp"
#include "solutions/1-reconciliation/production/strategies/run.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// Below this the feeds are kept as they are: a second pass would not pay.
constexpr std::uint64_t kSmallBytes = 8 << 20;

Result<void> check(const Settings& settings) {
    if (settings.threads < 1 || settings.threads > 2) {
        return usage_error(
            fmt::format("expected 1 or 2 threads, found {}. Give one.", settings.threads));
    }
    if (settings.hash_bits < 1 || settings.hash_bits > 64) {
        return usage_error(
            fmt::format("expected 1 to 64 bits of hash, found {}.", settings.hash_bits));
    }
    if (settings.exact && settings.strategy == Strategy::sketch) {
        return usage_error(
            "expected an exact strategy, found the sketch. Take hash or sort_merge, or leave out "
            "that the run is exact.");
    }
    return {};
}

Strategy choose(const Run& run) {
    const Settings& settings = run.settings();
    if (settings.strategy != Strategy::automatic) return settings.strategy;
    if (settings.exact || run.bytes_total() < kSmallBytes) return Strategy::hash;
    // A sketch that has to be much too small cancels nothing.
    const bool fits = sketch_bytes_needed(run) <= settings.memory_bytes / 2;
    return fits ? Strategy::sketch : Strategy::hash;
}

Result<void> run_strategy(Strategy strategy, Run& run) {
    switch (strategy) {
        case Strategy::automatic:
        case Strategy::hash:
            return run_hash_join(run);
        case Strategy::sort_merge:
            return run_sort_merge(run);
        case Strategy::sketch:
            return run_sketch(run);
    }
    return usage_error("expected a strategy that exists.");
}

}  // namespace

Result<Summary> reconcile_feeds(const Feed& ledger, const Feed& bank, const Settings& settings,
                                FindingSink& sink) {
    if (auto good = check(settings); !good) return pass_on(good);
    auto opened = Run::open(ledger, bank, settings);
    if (!opened) return pass_on(opened);
    Run& run = **opened;
    const Strategy strategy = choose(run);
    if (auto done = run_strategy(strategy, run); !done) return pass_on(done);

    FindingStore& findings = run.findings(0);
    if (auto absorbed = findings.absorb(run.findings(1)); !absorbed) return pass_on(absorbed);
    return conclude({.censuses = {run.census(Side::ledger), run.census(Side::bank)},
                     .strategy = strategy,
                     .rows_kept = run.rows_kept,
                     .bytes_spilled = run.bytes_spilled},
                    findings, sink);
}

}  // namespace onsite::reconcile
