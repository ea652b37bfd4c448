#include <set>
#include <vector>

#include <fmt/format.h>

#include "scenarios/checkers/checker.hpp"
#include "scenarios/export/diagram.hpp"
#include "scenarios/export/exchanges.hpp"
#include "scenarios/export/export.hpp"
#include "scenarios/export/page_parts.hpp"

namespace onsite::scenarios {
namespace {

// Every line that led to the first bad one.
std::set<std::int64_t> chain_of(const RunRecord& run, std::span<const Violation> violations) {
    std::set<std::int64_t> chain;
    for (const Violation& broken : violations) {
        const auto line = static_cast<std::size_t>(broken.line);
        if (line >= run.events.size()) continue;
        for (const TraceEvent* at = &run.events[line]; at != nullptr; at = cause_of(run, *at)) {
            chain.insert(at->line);
        }
    }
    return chain;
}

std::string when_nothing_is_broken(const RunRecord& run) {
    if (run.is_of_a_service() && check_story_happened(run)) {
        return "<p>INCONCLUSIVE: the story did not happen</p>\n";
    }
    return fmt::format("<p class=\"pass\">PASS: every promise {}is kept</p>\n",
                       run.is_of_a_client() ? "that is judged " : "");
}

std::string heading_of(const RunRecord& run, std::span<const Violation> violations) {
    std::string out = fmt::format(
        "<header><h1>{}</h1><p>shop <b>{}</b> · seed {} · {} · trace {}</p><p>{}</p>\n",
        page_text(run.scenario.id), page_text(run.shop), run.scenario.seed,
        page_text(run.scenario.profile), page_text(run.hash), page_text(run.scenario.story));
    if (violations.empty()) out += when_nothing_is_broken(run);
    for (const Violation& broken : violations) {
        out += fmt::format(
            "<p class=\"fail\">FAIL <b>{}</b> on {}, <a href=\"#l{}\">line {}</a>: {}</p>\n",
            page_text(broken.checker), page_text(broken.operation), broken.line, broken.line,
            page_text(broken.message));
    }
    const std::string player = run.is_of_a_service()  ? "--against URL"
                               : run.is_of_a_client() ? "--subject DIR"
                                                      : "--shop " + page_text(run.shop);
    return out + fmt::format("<p><code>./onsite replay {} {}</code></p></header>\n",
                             page_text(run.scenario.id), player);
}

std::string list_item(const RunRecord& run, const DrawnRow& row) {
    const std::int64_t since_us = row.event->time_us - run.scenario.start_us;
    const TraceEvent* const cause = cause_of(run, *row.event);
    std::string details;
    for (const auto& [name, value] : row.event->members) {
        const bool is_noise = name == "i" || name == "t" || name == "account" || name == "params";
        if (!is_noise && name != "cause" && !value.empty()) {
            details += fmt::format(" {} <b>{}</b>", page_text(name), page_text(value));
        }
    }
    const std::string because =
        cause == nullptr
            ? ""
            : fmt::format(" <a class=\"because\" href=\"#l{0}\">because of {0}</a>", cause->line);
    return fmt::format(
        "<li id=\"l{0}\" class=\"{1}\" data-cause=\"{2}\"><a class=\"line\" href=\"#e{0}\">{0} "
        "<time>{3}.{4:03} s</time> {5}</a>{6}{7}</li>\n",
        row.event->line, row.classes, cause == nullptr ? -1 : cause->line, since_us / 1'000'000,
        since_us / 1'000 % 1'000, page_text(row.event->kind), details, because);
}

}  // namespace

std::string sequence_page_of(const RunRecord& run, std::span<const Violation> violations) {
    std::set<std::int64_t> bad;
    for (const Violation& broken : violations) bad.insert(broken.line);
    const std::vector<DrawnRow> rows = rows_of(run, bad, chain_of(run, violations));
    std::string out = page_begin(fmt::format("{} · {}", run.scenario.id, run.shop));
    out += heading_of(run, violations);
    out += "<main><section class=\"drawing\" tabindex=\"0\" aria-label=\"sequence diagram\">\n";
    out += diagram_of(run, rows);
    out += "</section>\n<section aria-label=\"events\"><h2>Events</h2>";
    out += "<p>Arrow keys go from one to the next; what led to it is marked.</p><ol>\n";
    for (const DrawnRow& row : rows) out += list_item(run, row);
    out += "</ol></section></main>\n";
    return out + std::string(page_end());
}

}  // namespace onsite::scenarios
