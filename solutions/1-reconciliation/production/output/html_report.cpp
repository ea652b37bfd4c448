#include <iterator>

#include <fmt/format.h>

#include "base/escape.hpp"
#include "solutions/1-reconciliation/production/output/numbers.hpp"
#include "solutions/1-reconciliation/production/output/reports.hpp"
#include "solutions/1-reconciliation/production/record/outcome.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Reconciliation</title>
<style>
:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --good: #1b7f4b; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --good: #6fd8a0; } }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin-bottom: 0; }
h2 { font-size: 1.1rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
code { overflow-wrap: anywhere; }
.bad { color: var(--bad); }
.good { color: var(--good); }
.faint { opacity: .7; }
</style>
</head>
<body>
)";

std::string safe(std::string_view text) { return markup(harmless(text, Lines::one)); }

std::string number_cell(std::string_view text) {
    return fmt::format("<td class=\"number\">{}</td>", text);
}

std::string count_row(std::string_view name, const Summary& summary,
                      std::uint64_t (*count)(const SideSummary&)) {
    const auto cell = [&](Side side) {
        return number_cell(with_thousands(static_cast<Int128>(count(summary.side(side)))));
    };
    return fmt::format("<tr><th scope=\"row\">{}</th>{}{}</tr>\n", name, cell(Side::ledger),
                       cell(Side::bank));
}

std::string counts(const Summary& summary) {
    using Rows = SideSummary;
    std::string table =
        "<h2>Rows</h2>\n<table>\n<tr><th></th><th class=\"number\">ledger</th>"
        "<th class=\"number\">bank</th></tr>\n";
    table += count_row("rows", summary, [](const Rows& of) { return of.rows; });
    table += count_row("matched", summary, [](const Rows& of) { return of.matched; });
    table += count_row("only in this feed", summary, [](const Rows& of) { return of.unmatched; });
    table += count_row("discrepant", summary, [](const Rows& of) { return of.discrepant; });
    table += count_row("rejected", summary, [](const Rows& of) { return of.rejected_rows(); });
    table +=
        count_row("of them duplicates", summary, [](const Rows& of) { return of.duplicates(); });
    return table + "</table>\n";
}

std::string drift_table(const Summary& summary) {
    std::string html =
        "<h2>Drift by currency</h2>\n<p class=\"faint\">Good rows of the ledger less those of the "
        "bank. Nothing is converted.</p>\n<table>\n<tr><th>currency</th>"
        "<th class=\"number\">ledger</th><th class=\"number\">bank</th>"
        "<th class=\"number\">drift</th></tr>\n";
    for (const auto& [name, sum] : drift_of(summary)) {
        const auto cell = [&](Side side) {
            const auto& currencies = summary.side(side).currencies;
            const auto found = currencies.find(name);
            return number_cell(found == currencies.end()
                                   ? std::string("–")
                                   : money_text(found->second.good.sum_minor, name));
        };
        html += fmt::format(
            "<tr><th scope=\"row\">{}</th>{}{}<td class=\"number {}\">{}</td></tr>\n", name,
            cell(Side::ledger), cell(Side::bank), sum == 0 ? "good" : "bad", money_text(sum, name));
    }
    return html + "</table>\n";
}

std::string money_cell(const SampleRow& row) {
    return number_cell(
        fmt::format("{} {}", money_text(row.amount_minor, row.currency), safe(row.currency)));
}

std::string id_cell(std::string_view id) {
    return fmt::format("<td><code>{}</code></td>", safe(id));
}

std::string unmatched_samples(const Samples& samples, Side side) {
    const auto& rows = samples.unmatched[static_cast<std::size_t>(side)];
    if (rows.empty()) return {};
    std::string html = fmt::format(
        "<h2>Only in the {}: the first</h2>\n<table>\n<tr><th>id</th>"
        "<th class=\"number\">amount</th><th>where</th></tr>\n",
        to_string(side));
    for (const SampleRow& row : rows) {
        html += fmt::format("<tr>{}{}<td>{}</td></tr>\n", id_cell(row.id), money_cell(row),
                            safe(row.place));
    }
    return html + "</table>\n";
}

std::string discrepant_samples(const Samples& samples) {
    if (samples.discrepancies.empty()) return {};
    std::string html =
        "<h2>Discrepant: the first</h2>\n<table>\n<tr><th>id</th><th class=\"number\">ledger</th>"
        "<th class=\"number\">bank</th><th>where</th></tr>\n";
    for (const SamplePair& pair : samples.discrepancies) {
        html += fmt::format("<tr>{}{}{}<td>{}, {}</td></tr>\n", id_cell(pair.ledger.id),
                            money_cell(pair.ledger), money_cell(pair.bank), safe(pair.ledger.place),
                            safe(pair.bank.place));
    }
    return html + "</table>\n";
}

std::string rejected_samples(const Samples& samples, Side side) {
    const auto& rows = samples.rejected[static_cast<std::size_t>(side)];
    if (rows.empty()) return {};
    std::string html = fmt::format(
        "<h2>Rejected in the {}: the first</h2>\n<table>\n<tr><th>where</th><th>why</th>"
        "<th>id</th></tr>\n",
        to_string(side));
    for (const SampleRejection& row : rows) {
        html += fmt::format("<tr><td>{}</td><td>{}</td>{}</tr>\n", safe(row.place),
                            safe(row.reason), id_cell(row.id));
    }
    return html + "</table>\n";
}

std::string files_table(const Summary& summary) {
    std::string html =
        "<h2>Files</h2>\n<table>\n<tr><th></th><th>file</th><th class=\"number\">bytes</th>"
        "<th>BLAKE3</th></tr>\n";
    for (const Side side : {Side::ledger, Side::bank}) {
        for (const FileRead& file : summary.side(side).files) {
            html += fmt::format(
                "<tr><th scope=\"row\">{}</th><td>{}</td>{}<td><code>{}</code></td>"
                "</tr>\n",
                to_string(side), safe(file.path),
                number_cell(with_thousands(static_cast<Int128>(file.bytes))), safe(file.hash));
        }
    }
    return html + "</table>\n";
}

}  // namespace

std::string html_report(const RunRecord& record) {
    const Summary& summary = record.summary;
    const bool is_good = outcome_of(summary) == Outcome::equal && warnings_of(summary).empty();
    std::string html(kHead);
    html += fmt::format(
        "<h1>Reconciliation of {}</h1>\n<p class=\"{}\">{}</p>\n<p class=\"faint\">run <code>{}"
        "</code></p>\n",
        safe(record.question.date), is_good ? "good" : "bad", verdict_line(summary), record.run);
    for (const std::string& line : warning_lines(summary)) {
        html += fmt::format("<p class=\"bad\">{}</p>\n", safe(line));
    }
    html += counts(summary) + drift_table(summary);
    html += unmatched_samples(record.samples, Side::ledger);
    html += unmatched_samples(record.samples, Side::bank);
    html += discrepant_samples(record.samples);
    html += rejected_samples(record.samples, Side::ledger);
    html += rejected_samples(record.samples, Side::bank);
    return html + files_table(summary) + "</body>\n</html>\n";
}

}  // namespace onsite::reconcile
