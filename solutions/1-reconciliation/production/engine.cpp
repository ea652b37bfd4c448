#include "solutions/1-reconciliation/production/engine.hpp"

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/conclusion.hpp"
#include "solutions/1-reconciliation/production/strategies/run.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// Below this the feeds are kept as they are: a second pass would not pay.
constexpr std::uint64_t kSmallBytes = 8 << 20;

Strategy choose(const Run& run) {
    const Settings& settings = run.settings();
    if (settings.strategy != Strategy::automatic) return settings.strategy;
    if (settings.exact || run.bytes_total() < kSmallBytes) return Strategy::hash;
    return sketch_may_pay(run) ? Strategy::sketch : Strategy::hash;
}

// Returns the strategy that was taken in the end.
Result<Strategy> run_strategy(Strategy strategy, Run& run) {
    const auto named = [&](Result<void> done) -> Result<Strategy> {
        if (!done) return pass_on(done);
        return strategy;
    };
    switch (strategy) {
        case Strategy::automatic:
            break;
        case Strategy::hash:
            return named(run_hash_join(run));
        case Strategy::sort_merge:
            return named(run_sort_merge(run));
        case Strategy::sketch:
            return run_sketch(run);
    }
    return usage_error("expected a strategy that exists");
}

}  // namespace

Result<void> check_settings(const Settings& settings) {
    if (settings.threads < 1 || settings.threads > 2) {
        return usage_error(
            fmt::format("expected 1 or 2 threads, found {}; give one", settings.threads));
    }
    if (settings.memory_bytes < kMemoryBytesMin) {
        return usage_error(
            fmt::format("expected at least {} MiB of memory, found {} MiB; allow more",
                        kMemoryBytesMin >> 20, settings.memory_bytes >> 20));
    }
    if (settings.hash_bits < 1 || settings.hash_bits > 64) {
        return usage_error(
            fmt::format("expected 1 to 64 bits of hash, found {}", settings.hash_bits));
    }
    if (settings.check_bits < 0 || settings.check_bits > 32) {
        return usage_error(
            fmt::format("expected 0 to 32 bits to check, found {}", settings.check_bits));
    }
    if (settings.exact && settings.strategy == Strategy::sketch) {
        return usage_error(
            "expected an exact strategy, found the sketch; take hash or sort_merge, or leave out "
            "that the run is exact");
    }
    return {};
}

Result<Summary> reconcile_feeds(const Feed& ledger, const Feed& bank, const Settings& settings,
                                FindingSink& sink) {
    if (auto good = check_settings(settings); !good) return pass_on(good);
    auto opened = Run::open(ledger, bank, settings);
    if (!opened) return pass_on(opened);
    Run& run = **opened;
    auto taken = run_strategy(choose(run), run);
    if (!taken) return pass_on(taken);

    auto sorted = run.in_parallel([&](std::size_t worker) -> Result<void> {
        run.findings(worker).sort();
        return {};
    });
    if (!sorted) return pass_on(sorted);
    FindingStore& findings = run.findings(0);
    if (auto absorbed = findings.absorb(run.findings(1)); !absorbed) return pass_on(absorbed);
    return conclude({.censuses = {run.census(Side::ledger), run.census(Side::bank)},
                     .strategy = *taken,
                     .rows_kept = run.rows_kept,
                     .bytes_spilled = run.bytes_spilled},
                    findings, sink);
}

}  // namespace onsite::reconcile
