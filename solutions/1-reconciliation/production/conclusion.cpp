#include "solutions/1-reconciliation/production/conclusion.hpp"

#include <fmt/format.h>

#include "solutions/1-reconciliation/production/strategies/hashing.hpp"

namespace onsite::reconcile {
namespace {

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
        "expected every row to be accounted for once, found that {}; this is a bug: please report "
        "it, and take another strategy until it is mended",
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

Result<Summary> summary_of(const Counted& counted, const Found& found) {
    Summary summary;
    summary.strategy = counted.strategy;
    for (std::size_t side = 0; side < kSides; ++side) {
        summary.sides[side] = summarise(counted.censuses[side], found.sides[side]);
    }
    summary.amount_differs = found.amount_differs;
    summary.currency_differs = found.currency_differs;
    summary.rows_kept = counted.rows_kept;
    summary.bytes_spilled = counted.bytes_spilled;
    summary.sketch_confidence_bits =
        summary.strategy == Strategy::sketch ? kSketchConfidenceBits : 0;
    if (auto proved = prove(summary, found); !proved) return pass_on(proved);
    return summary;
}

Result<Summary> conclude(const Counted& counted, FindingStore& findings, FindingSink& sink) {
    auto summary = summary_of(counted, findings.found());
    if (!summary) return summary;
    if (auto delivered = findings.deliver(sink); !delivered) return pass_on(delivered);
    summary->bytes_spilled += findings.bytes_spilled();
    return summary;
}

}  // namespace onsite::reconcile
