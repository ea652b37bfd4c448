#include "solutions/1-reconciliation/production/engine.hpp"

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/strategies/run.hpp"
#include "solutions/1-reconciliation/production/strategies/strategy.hpp"

namespace onsite::reconcile {
namespace {

// Below this the feeds are kept as they are: a second pass would not pay.
constexpr std::uint64_t kSmallBytes = 8 << 20;
// 2^-128 for each bucket, and there are no more than 2^27 of them (4 GiB).
constexpr int kSketchConfidenceBits = 100;

Result<void> check(const Settings& settings) {
    if (settings.threads < 1 || settings.threads > 2) {
        return usage_error(
            fmt::format("expected 1 or 2 threads, found {}. Give one.", settings.threads));
    }
    if (settings.memory_bytes < kMemoryBytesMin) {
        return usage_error(
            fmt::format("expected at least {} MiB of memory, found {} MiB. Allow more.",
                        kMemoryBytesMin >> 20, settings.memory_bytes >> 20));
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
    return usage_error("expected a strategy that exists.");
}

SideSummary summarise(const Census& census, const FoundOnSide& found) {
    SideSummary side;
    side.rows = census.rows;
    side.rejected = found.rejected;
    side.files = census.files;
    side.snapshot = snapshot_of(census.files);
    const auto set = [&](const TallyTable& table, Tally CurrencyTallies::*member) {
        table.for_each([&](CurrencyCode currency, const Tally& tally) {
            side.currencies[to_string(currency)].*member = tally;
        });
    };
    TallyTable good = census.parsed;
    good -= found.duplicates;
    // What is neither unmatched nor discrepant is matched; prove() checks that both feeds agree.
    TallyTable matched = good;
    matched -= found.unmatched;
    matched -= found.discrepant;
    set(good, &CurrencyTallies::good);
    set(matched, &CurrencyTallies::matched);
    set(found.unmatched, &CurrencyTallies::unmatched);
    set(found.discrepant, &CurrencyTallies::discrepant);
    side.matched = matched.rows();
    side.unmatched = found.unmatched.rows();
    side.discrepant = found.discrepant.rows();
    std::erase_if(side.currencies, [](const auto& one) { return one.second.good == Tally{}; });
    return side;
}

std::unexpected<Error> wrong_counts(std::string_view what) {
    return tool_error(fmt::format(
        "expected every row to be accounted for once, found that {}. This is a bug: please report "
        "it, and take another strategy until it is mended.",
        what));
}

Result<void> prove(const Summary& summary, const Found& found) {
    const SideSummary& ledger = summary.side(Side::ledger);
    const SideSummary& bank = summary.side(Side::bank);
    for (const SideSummary* side : {&ledger, &bank}) {
        if (side->matched + side->unmatched + side->discrepant + side->rejected_rows() !=
            side->rows) {
            return wrong_counts("the counts of a feed do not add up to its rows");
        }
    }
    if (ledger.discrepant != bank.discrepant) {
        return wrong_counts("discrepancies have more rows on one side");
    }
    for (const auto& [currency, tallies] : ledger.currencies) {
        const auto other = bank.currencies.find(currency);
        const Tally matched = other == bank.currencies.end() ? Tally{} : other->second.matched;
        if (tallies.matched != matched) {
            return wrong_counts(fmt::format("matched {} differ between the feeds", currency));
        }
    }
    if (ledger.matched != bank.matched) return wrong_counts("matched rows differ in number");
    // Without a sketch the join has seen every match itself.
    if (summary.strategy != Strategy::sketch && (found.sides[0].matched.rows() != ledger.matched ||
                                                 found.sides[1].matched.rows() != bank.matched)) {
        return wrong_counts("the join saw another number of matches");
    }
    return {};
}

}  // namespace

Result<Summary> reconcile_feeds(const Feed& ledger, const Feed& bank, const Settings& settings,
                                FindingSink& sink) {
    if (auto good = check(settings); !good) return pass_on(good);
    auto opened = Run::open(ledger, bank, settings);
    if (!opened) return pass_on(opened);
    Run& run = **opened;
    auto taken = run_strategy(choose(run), run);
    if (!taken) return pass_on(taken);
    Summary summary;
    summary.strategy = *taken;

    auto sorted = run.in_parallel([&](std::size_t worker) -> Result<void> {
        run.findings(worker).sort();
        return {};
    });
    if (!sorted) return pass_on(sorted);
    FindingStore& findings = run.findings(0);
    if (auto absorbed = findings.absorb(run.findings(1)); !absorbed) return pass_on(absorbed);
    const Found& found = findings.found();
    for (const Side side : {Side::ledger, Side::bank}) {
        const auto number = static_cast<std::size_t>(side);
        summary.sides[number] = summarise(run.census(side), found.sides[number]);
    }
    summary.amount_differs = found.amount_differs;
    summary.currency_differs = found.currency_differs;
    summary.rows_kept = run.rows_kept;
    summary.sketch_confidence_bits =
        summary.strategy == Strategy::sketch ? kSketchConfidenceBits : 0;
    if (auto proved = prove(summary, found); !proved) return pass_on(proved);
    if (auto delivered = findings.deliver(sink); !delivered) return pass_on(delivered);
    summary.bytes_spilled = run.bytes_spilled + findings.bytes_spilled();
    return summary;
}

}  // namespace onsite::reconcile
