#include "exercises/2-invoicing/checks/table_checks.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "exercises/2-invoicing/checks/catalogue.hpp"
#include "exercises/2-invoicing/checks/findings.hpp"
#include "exercises/2-invoicing/checks/markdown_text.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

constexpr std::size_t kFailuresMin = 10;
constexpr std::size_t kDecisionsMin = 4;
// How a failure is noticed or repaired takes a few words.
constexpr int kWordsInACellMin = 3;

// Two failures may be noticed and repaired by the same; what fits every failure repairs none.
constexpr int kRowsWithOneAnswerMax = 2;

// Counts texts, whatever their case and marks are.
class Repeated {
public:
    explicit Repeated(int max) : max_(max) {}
    bool is_too_often(std::string_view text) {
        std::string words;
        for (const char letter : lowered(text)) {
            if (count_words({&letter, 1}) > 0) words.push_back(letter);
        }
        return !words.empty() && ++counts_[words] > max_;
    }

private:
    int max_;
    std::map<std::string, int> counts_;
};

// Says only that something will be done, by somebody, some day.
bool puts_off(std::string_view cell) {
    constexpr std::string_view kBeginnings[] = {"nothing to be done",
                                                "not known",
                                                "not decided",
                                                "not yet",
                                                "to be d",
                                                "tbd",
                                                "todo",
                                                "no repair",
                                                "none",
                                                "n/a",
                                                "we would",
                                                "would ",
                                                "we will fix",
                                                "will be fixed"};
    const std::string small = lowered(cell);
    return std::ranges::any_of(
        kBeginnings, [&](std::string_view beginning) { return small.starts_with(beginning); });
}

// The first table that has all these columns.
std::optional<TextTable> find_table(const Markdown& page,
                                    std::initializer_list<std::string_view> columns) {
    for (TextTable& table : tables_in(page)) {
        const bool has_all = std::ranges::all_of(
            columns, [&](std::string_view word) { return table.column(word) >= 0; });
        if (has_all) return std::move(table);
    }
    return std::nullopt;
}

void expect_cell(const TextTable& table, const TableRow& row, std::string_view column,
                 std::string_view document, std::string_view question, Findings& findings) {
    findings.expect(count_words(TextTable::cell(row, table.column(column))) >= kWordsInACellMin,
                    document, row.line,
                    fmt::format("expected in the column {}: {}", column, question));
}

// Words that name nothing, whatever they stand beside.
constexpr std::string_view kNothing[] = {"alternative", "alternatives", "no",  "none",
                                         "nothing",     "not",          "tbd", "todo",
                                         "unknown",     "decided",      "any"};

// One word can be a name: "Kafka". "-", "n/a" and "none" name nothing.
bool names_something(std::string_view cell) {
    std::string words = lowered(cell);
    for (char& letter : words) {
        if (count_words({&letter, 1}) == 0) letter = ' ';
    }
    return std::ranges::any_of(split(words, ' '), [](std::string_view word) {
        return word.size() > 1 && std::ranges::find(kNothing, word) == std::end(kNothing);
    });
}

void expect_name(const TextTable& table, const TableRow& row, std::string_view column,
                 std::string_view document, std::string_view question, Findings& findings) {
    findings.expect(names_something(TextTable::cell(row, table.column(column))), document, row.line,
                    fmt::format("expected in the column {}: {}", column, question));
}

std::optional<TextTable> failure_table(const Context& context) {
    return find_table(context.pages.page(kFailures), {"failure", "scenario", "detect", "repair"});
}

bool is_scenario(std::string_view id) { return std::ranges::binary_search(scenario_ids(), id); }

}  // namespace

Result<Verdict> failures_are_detected_and_repaired(const Context& context,
                                                   const std::string& check) {
    const auto table = failure_table(context);
    Findings findings(context.documents, check);
    const std::size_t rows = table ? table->rows.size() : 0;
    findings.expect(rows >= kFailuresMin, kFailures, table ? table->line : 0,
                    fmt::format("expected a table | failure | scenario | detected by | repaired by "
                                "| with {} rows or more, found {}",
                                kFailuresMin, rows));
    if (!table) return findings.verdict("");
    Repeated failures(1), answers(kRowsWithOneAnswerMax);
    for (const TableRow& row : table->rows) {
        const auto cell = [&](std::string_view word) {
            return TextTable::cell(row, table->column(word));
        };
        findings.expect(names_something(cell("failure")) && !failures.is_too_often(cell("failure")),
                        kFailures, row.line,
                        "expected in the column failure: what goes wrong, in each row something "
                        "else");
        expect_cell(*table, row, "detect", kFailures, "what notices it, by itself", findings);
        const std::string answer = fmt::format("{} | {}", cell("detect"), cell("repair"));
        const bool is_own = !answers.is_too_often(answer) && !puts_off(cell("repair"));
        findings.expect(is_own && count_words(cell("repair")) >= kWordsInACellMin, kFailures,
                        row.line,
                        "expected in the column repair: what puts it right, this failure and not "
                        "any other");
    }
    return findings.verdict("each failure says what detects and what repairs it");
}

Result<Verdict> failures_match_the_catalogue(const Context& context, const std::string& check) {
    const auto table = failure_table(context);
    Findings findings(context.documents, check);
    std::set<std::string, std::less<>> named;
    if (table) {
        for (const TableRow& row : table->rows) {
            for (const std::string& id :
                 code_words(TextTable::cell(row, table->column("scenario")))) {
                named.insert(id);
                findings.expect(is_scenario(id), kFailures, row.line,
                                fmt::format("expected the id of a scenario (scenarios/catalog), "
                                            "found {}",
                                            harmless(id.substr(0, 60), Lines::one)));
            }
        }
    }
    for (const Family& family : scenario_families()) {
        const bool is_named = std::ranges::any_of(
            family.scenarios, [&](std::string_view id) { return named.contains(id); });
        findings.expect(is_named, kFailures, table ? table->line : 0,
                        fmt::format("expected a failure of the family \"{}\", say `{}`",
                                    family.name, family.scenarios.front()));
    }
    return findings.verdict("the failures are scenarios of the catalogue, of every family");
}

Result<Verdict> decisions_name_what_was_rejected(const Context& context, const std::string& check) {
    const auto table =
        find_table(context.pages.page(kDesign), {"decision", "rejected", "because", "reverse"});
    Findings findings(context.documents, check);
    const std::size_t rows = table ? table->rows.size() : 0;
    findings.expect(rows >= kDecisionsMin, kDesign, table ? table->line : 0,
                    fmt::format("expected a table | decision | rejected | because | to reverse it "
                                "| with {} rows or more, found {}",
                                kDecisionsMin, rows));
    if (!table) return findings.verdict("");
    for (const TableRow& row : table->rows) {
        expect_name(*table, row, "decision", kDesign, "what you do", findings);
        expect_name(*table, row, "rejected", kDesign, "what you could have done", findings);
        expect_cell(*table, row, "because", kDesign, "what decided it", findings);
        expect_cell(*table, row, "reverse", kDesign, "what changing it later costs", findings);
    }
    return findings.verdict("each decision names what was rejected and what reversing it costs");
}

}  // namespace onsite::invoicing
