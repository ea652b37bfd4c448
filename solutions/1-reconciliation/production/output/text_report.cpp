#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "solutions/1-reconciliation/production/output/numbers.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/output/table.hpp"
#include "solutions/1-reconciliation/production/record/outcome.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kFilesShownMax = 3;
constexpr std::size_t kCurrenciesShownMax = 12;

std::string shown(const std::string& text) { return harmless(text, Lines::one); }

std::string files_line(const RunRecord& record, Side side) {
    const auto& files = record.summary.side(side).files;
    std::string line = fmt::format("{:<8}", to_string(side));
    for (std::size_t i = 0; i < std::min(files.size(), kFilesShownMax); ++i) {
        line += fmt::format("{}{} ({})", i == 0 ? "" : ", ", shown(files[i].path),
                            count_of(files[i].bytes, "byte"));
    }
    if (files.size() > kFilesShownMax) {
        line += fmt::format(" and {} more", files.size() - kFilesShownMax);
    }
    return line + "\n";
}

TableRow count_row(std::string_view name, const Summary& summary,
                   std::uint64_t (*count)(const SideSummary&)) {
    const auto cell = [&](Side side) {
        return with_thousands(static_cast<Int128>(count(summary.side(side))));
    };
    return {std::string(name), cell(Side::ledger), cell(Side::bank)};
}

std::string counts(const Summary& summary) {
    using Side_ = const SideSummary&;
    return "\n" +
           table(
               {{"", "ledger", "bank"},
                count_row("rows", summary, [](Side_ side) { return side.rows; }),
                count_row("matched", summary, [](Side_ side) { return side.matched; }),
                count_row("only in this feed", summary, [](Side_ side) { return side.unmatched; }),
                count_row("discrepant", summary, [](Side_ side) { return side.discrepant; }),
                count_row("rejected", summary, [](Side_ side) { return side.rejected_rows(); }),
                count_row("  of them duplicates", summary,
                          [](Side_ side) { return side.duplicates(); })});
}

std::string drift_table(const Summary& summary) {
    const auto drift = drift_of(summary);
    if (drift.empty()) return {};
    std::vector<TableRow> rows = {{"currency", "ledger", "bank", "drift"}};
    for (const auto& [name, sum] : drift) {
        if (rows.size() > kCurrenciesShownMax) break;
        const auto cell = [&](Side side) {
            const auto& currencies = summary.side(side).currencies;
            const auto found = currencies.find(name);
            return found == currencies.end() ? std::string("-")
                                             : money_text(found->second.good.sum_minor, name);
        };
        rows.push_back({name, cell(Side::ledger), cell(Side::bank), money_text(sum, name)});
    }
    const std::size_t more = drift.size() - (rows.size() - 1);
    return "\n" + table(rows) + (more == 0 ? "" : fmt::format("and {} more\n", more));
}

std::string money_of(const SampleRow& row) {
    return shown(fmt::format("{} {}", money_text(row.amount_minor, row.currency), row.currency));
}

std::string samples(const Samples& samples) {
    std::string text;
    auto out = std::back_inserter(text);
    for (const Side side : {Side::ledger, Side::bank}) {
        const auto& rows = samples.unmatched[static_cast<std::size_t>(side)];
        if (!rows.empty()) fmt::format_to(out, "\nonly in the {}\n", to_string(side));
        for (const SampleRow& row : rows) {
            fmt::format_to(out, "  {}  {}  {}\n", shown(row.id), money_of(row), shown(row.place));
        }
    }
    if (!samples.discrepancies.empty()) text += "\ndiscrepant\n";
    for (const SamplePair& pair : samples.discrepancies) {
        fmt::format_to(out, "  {}  {} is {}  {}  {}\n", shown(pair.ledger.id),
                       money_of(pair.ledger), money_of(pair.bank), shown(pair.ledger.place),
                       shown(pair.bank.place));
    }
    for (const Side side : {Side::ledger, Side::bank}) {
        const auto& rows = samples.rejected[static_cast<std::size_t>(side)];
        if (!rows.empty()) fmt::format_to(out, "\nrejected in the {}\n", to_string(side));
        for (const SampleRejection& row : rows) {
            fmt::format_to(out, "  {}  {}{}{}\n", shown(row.place), shown(row.reason),
                           row.id.empty() ? "" : "  ", shown(row.id));
        }
    }
    return text;
}

std::string warnings(const Summary& summary) {
    std::string text;
    for (const std::string& line : warning_lines(summary)) text += line + "\n";
    return text;
}

std::string seconds_of(std::int64_t ms) {
    return fmt::format("{}.{} s", ms / 1000, ms % 1000 / 100);
}

std::string making_line(const RunRecord& record) {
    const Making& making = record.making;
    std::string how =
        fmt::format("{}, {}", to_string(making.strategy), seconds_of(making.duration_ms));
    if (making.sketch_confidence_bits > 0) {
        how += fmt::format("; a difference is hidden with a chance below 2^-{}",
                           making.sketch_confidence_bits);
    }
    return fmt::format("run {} of {}, recorded {} ({})\n", shown(record.run.substr(0, kRunDigits)),
                       shown(record.question.date), shown(making.recorded_at), how);
}

}  // namespace

std::string verdict_line(const Summary& summary) {
    const SideSummary& ledger = summary.side(Side::ledger);
    const SideSummary& bank = summary.side(Side::bank);
    const std::uint64_t differences = ledger.unmatched + bank.unmatched + ledger.discrepant;
    const std::uint64_t rejected = ledger.rejected_rows() + bank.rejected_rows();
    const std::string found = is_nothing_compared(summary) ? "nothing was compared"
                              : differences == 0           ? "equal"
                                                           : count_of(differences, "difference");
    return fmt::format("{}; {}", found,
                       rejected == 0 ? "no row rejected" : count_of(rejected, "row") + " rejected");
}

std::vector<std::string> warning_lines(const Summary& summary) {
    std::vector<std::string> lines;
    for (const Warning& warning : warnings_of(summary)) lines.push_back("warning: " + warning.text);
    return lines;
}

std::string text_report(const RunRecord& record) {
    return making_line(record) + files_line(record, Side::ledger) + files_line(record, Side::bank) +
           counts(record.summary) + drift_table(record.summary) + samples(record.samples) + "\n" +
           warnings(record.summary) + verdict_line(record.summary) + "\n";
}

}  // namespace onsite::reconcile
