// Scores for a spreadsheet: one row for each rating, for each criterion without one, for the total,
// for each gate and for each hire signal. Cells are quoted as RFC 4180 says; lines end with a line
// feed, as those of every other format do.
#include <array>
#include <initializer_list>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/renderers.hpp"

namespace onsite {
namespace {

// A spreadsheet runs a cell that begins with one of these (OWASP, "CSV Injection"), the full-width
// forms among them; a quote before it makes it text.
constexpr std::array<std::string_view, 11> kFormulaBeginnings = {"=",  "+",  "-",  "@",  "\t", "\r",
                                                                 "\n", "＝", "＋", "－", "＠"};

std::string cell(std::string_view text) {
    std::string quoted = "\"";
    for (const std::string_view beginning : kFormulaBeginnings) {
        if (text.starts_with(beginning)) quoted += '\'';
    }
    for (const char c : text) {
        quoted += c;
        if (c == '"') quoted += c;
    }
    return quoted + '"';
}

std::string row(std::initializer_list<std::string_view> cells) {
    std::string line;
    for (const std::string_view text : cells) line += (line.empty() ? "" : ",") + cell(text);
    return line + "\n";
}

std::string rows_of(const CriterionResult& result, std::string_view attempt) {
    const Criterion& one = result.criterion;
    const std::string weight = std::to_string(one.weight);
    const std::string level = result.level ? std::to_string(*result.level) : "";
    const std::string points = result.open ? "" : std::to_string(result.points);
    const std::string_view open = result.open ? to_string(*result.open) : "";
    const std::string_view judge = to_string(one.judge);
    if (result.ratings.empty()) {
        return row(
            {attempt, one.id, one.title, weight, judge, level, points, open, "", "", "", "", ""});
    }
    std::string rows;
    for (const PersonRating& rating : result.ratings) {
        rows +=
            row({attempt, one.id, one.title, weight, judge, level, points, open, rating.reviewer,
                 std::to_string(rating.level), fmt::format("{}", fmt::join(rating.anchors, " ")),
                 rating.comment, rating.is_revote ? "true" : "false"});
    }
    return rows;
}

}  // namespace

std::string csv_report(const Scorecard& card) {
    const std::string& attempt = card.facts.attempt;
    std::string csv = row({"attempt", "criterion", "title", "weight", "judge", "level", "points",
                           "open", "reviewer", "rating", "anchors", "comment", "is_revote"});
    for (const CriterionResult& result : card.criteria) csv += rows_of(result, attempt);
    csv += row({attempt, "total", card.is_grade ? "" : card.notice, std::to_string(card.judged), "",
                "", std::to_string(card.earned), "", "", "", "", "", ""});
    for (const Gate& gate : card.gates) {
        csv += row({attempt, "gate", gate.when, std::to_string(gate.cap), "", "", "", "", "", "",
                    "", gate_words(gate, card), ""});
    }
    for (const Signal& signal : card.signals) {
        csv += row({attempt, "signal", "", "", "person", "", "", "", signal.reviewer,
                    signal_words(signal.signal), "", signal.because, ""});
    }
    return csv;
}

}  // namespace onsite
