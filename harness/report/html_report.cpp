#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/report/growth.hpp"
#include "harness/report/html_style.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/pictures.hpp"
#include "harness/report/renderers.hpp"
#include "harness/report/story.hpp"

namespace onsite {
namespace {

std::string_view css_class(const Verdict& verdict) {
    switch (verdict.outcome) {
        case Outcome::pass:
            return "pass";
        case Outcome::fail:
            return "fail";
        case Outcome::inconclusive:
            return "open";
    }
    std::abort();
}

// <details> needs no script to open and close.
std::string check_html(const Verdict& verdict) {
    std::string facts;
    if (verdict.outcome != Outcome::pass) facts += fmt::format(" · {}", to_string(verdict.cause));
    if (verdict.cases > 0) facts += " · " + plural(verdict.cases, "case");
    std::string html = fmt::format(
        "<details class=\"check {}\"{}>\n<summary><b>{}</b> <code>{}</code>"
        "<span class=\"faint\">{}</span></summary>\n<p>{}</p>\n",
        css_class(verdict), verdict.outcome == Outcome::fail ? " open" : "", headline_word(verdict),
        markup(verdict.check), facts, markup(verdict.message));
    Verdict without_growth = verdict;
    without_growth.evidence.growth.clear();
    const std::vector<std::string> lines = story_lines(without_growth);
    if (!lines.empty()) {
        html += fmt::format("<pre tabindex=\"0\">{}</pre>\n",
                            markup(fmt::format("{}", fmt::join(lines, "\n"))));
    }
    if (!verdict.evidence.growth.empty()) {
        html += fmt::format("<div class=\"growth\"><pre tabindex=\"0\">{}</pre>\n{}</div>\n",
                            fmt::join(growth_table(verdict.evidence.growth), "\n"),
                            growth_svg(verdict.evidence.growth));
    }
    return html + "</details>\n";
}

std::string bar_html(int part, int whole) {
    const int percent = whole > 0 ? 100 * part / whole : 0;
    return fmt::format("<div class=\"bar\"><div style=\"width:{}%\"></div></div>", percent);
}

// What a reviewer chooses from.
std::string levels_html(const Criterion& criterion) {
    std::string html = "<ol>\n";
    for (const Level& level : criterion.levels) {
        html += fmt::format("<li>{}</li>\n", markup(level.behaviour));
    }
    return html + "</ol>\n";
}

// Who said what, with what it rests on.
std::string ratings_html(const std::vector<PersonRating>& ratings) {
    std::string html;
    for (const PersonRating& rating : ratings) {
        html += fmt::format("<blockquote>\n<p><b>{}</b> · level {}{} · <code>{}</code></p>\n",
                            markup(rating.reviewer), rating.level,
                            rating.is_revote ? " (second vote)" : "",
                            markup(fmt::format("{}", fmt::join(rating.anchors, ", "))));
        if (!rating.comment.empty()) html += fmt::format("<p>{}</p>\n", markup(rating.comment));
        html += "</blockquote>\n";
    }
    return html;
}

bool is_reviewed(const Scorecard& card) {
    return !card.signals.empty() || !card.parts.empty() ||
           std::ranges::any_of(card.criteria,
                               [](const CriterionResult& one) { return !one.ratings.empty(); });
}

// What a reviewer decided about the whole, and the pictures.
std::string review_html(const Scorecard& card) {
    std::string html;
    for (const Gate& gate : card.gates) {
        html += fmt::format("<p class=\"notice\">Capped {}</p>\n", markup(gate_words(gate, card)));
    }
    if (!is_reviewed(card)) return html;
    for (const Signal& signal : card.signals) {
        html +=
            fmt::format("<p class=\"signal\"><b>{}</b> · {}: {}</p>\n", signal_words(signal.signal),
                        markup(signal.reviewer), markup(signal.because));
    }
    html += "<section>\n<h2>Score per criterion</h2>\n" + scores_svg(card) + "</section>\n";
    if (!card.parts.empty()) {
        html += "<section>\n<h2>Time per part</h2>\n" + parts_svg(card) + "</section>\n";
    }
    return html;
}

std::string criterion_html(const CriterionResult& result) {
    const Criterion& criterion = result.criterion;
    const std::string points = result.open ? "–" : std::to_string(result.points);
    std::string html = fmt::format(
        "<section{}>\n<h2>{} <span class=\"points\">{} / {}</span></h2>\n",
        result.open ? " class=\"is-open\"" : "", markup(criterion.title), points, criterion.weight);
    if (result.level) {
        html += bar_html(result.points, criterion.weight) + '\n';
        html += fmt::format("<p><b>Level {} of {}.</b> {}</p>\n", *result.level, kLevelMax,
                            markup(result.why));
    } else {
        html += fmt::format("<p><b>Open:</b> {}</p>\n", markup(result.why));
    }
    html += ratings_html(result.ratings);
    if (criterion.judge == Judge::person) html += levels_html(criterion);
    for (const Verdict& verdict : result.evidence) html += check_html(verdict);
    return html + "</section>\n";
}

std::string fact(std::string_view name, std::string_view value) {
    return fmt::format("<dt>{}</dt><dd>{}</dd>\n", name, markup(value));
}

std::string facts_html(const Scorecard& card) {
    const GradeFacts& facts = card.facts;
    std::string isolation(to_string(facts.isolation.level));
    if (facts.isolation.level != IsolationLevel::full && !facts.isolation.notes.empty()) {
        isolation += fmt::format(": {}", fmt::join(facts.isolation.notes, "; "));
    }
    // A review that hides who an attempt is of hides the moments as well.
    const std::string moments = facts.started_at_ms == 0
                                    ? ""
                                    : fact("started", to_rfc3339(facts.started_at_ms)) +
                                          fact("graded", to_rfc3339(facts.graded_at_ms));
    return "<dl>\n" + fact("seed", std::to_string(facts.seed)) +
           fact("language", language_title(facts.language)) + fact("toolchain", facts.toolchain) +
           fact("answer", facts.content_hash) + moments + fact("session", circumstances(facts)) +
           fact("isolation", isolation) + "</dl>\n";
}

std::string total_html(const Scorecard& card) {
    const int open = card.possible - card.judged;
    std::string html = fmt::format("<p class=\"total\"><b>{}</b> / {}</p>\n{}\n", card.earned,
                                   card.judged, bar_html(card.earned, card.judged));
    if (open > 0) {
        html +=
            fmt::format("<p class=\"faint\">of {} points; {} are open</p>\n", card.possible, open);
    }
    return html;
}

std::string self_ratings_html(const GradeFacts& facts) {
    if (facts.self_ratings.empty()) return {};
    std::string html = "<section>\n<h2>Rated by the candidate, worth no points</h2>\n<ul>\n";
    for (const SelfRating& rating : facts.self_ratings) {
        html += fmt::format("<li>{}</li>\n", markup(self_rating_words(rating)));
    }
    return html + "</ul>\n</section>\n";
}

}  // namespace

std::string html_report(const Scorecard& scorecard) {
    const GradeFacts& facts = scorecard.facts;
    std::string html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<title>{0} · {1}</title>\n<style>\n{2}</style>\n</head>\n<body>\n<main>\n"
        "<header>\n<p class=\"faint\">{0} · {1}</p>\n<h1>{3}</h1>\n",
        markup(facts.exercise), markup(facts.attempt), kReportStyle, markup(facts.title));
    if (!scorecard.is_grade) {
        html += fmt::format("<p class=\"notice\">{}</p>\n", markup(scorecard.notice));
    }
    html += total_html(scorecard) + "</header>\n" + review_html(scorecard);
    for (const CriterionResult& result : scorecard.criteria) html += criterion_html(result);
    if (!scorecard.other.empty()) {
        html += "<section>\n<h2>Other checks</h2>\n";
        for (const Verdict& verdict : scorecard.other) html += check_html(verdict);
        html += "</section>\n";
    }
    html += self_ratings_html(facts);
    html += "<footer>\n" + facts_html(scorecard);
    html += fmt::format("<p>Replay it with</p>\n<pre tabindex=\"0\">{}</pre>\n</footer>\n",
                        markup(replay_command(scorecard)));
    return html + "</main>\n</body>\n</html>\n";
}

}  // namespace onsite
