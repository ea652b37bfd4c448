#include "harness/report/loop_html.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "harness/report/html_style.hpp"
#include "harness/report/renderers.hpp"

namespace onsite {
namespace {

// A labelled bar; the number stands beside it, so that nothing depends on seeing the picture.
std::string bar_of(std::string_view label, std::int64_t part, std::int64_t whole,
                   std::string_view words) {
    const std::int64_t percent = whole > 0 ? std::min<std::int64_t>(100, 100 * part / whole) : 0;
    return fmt::format(
        "<p>{} <span class=\"points\">{}</span></p>\n"
        "<div class=\"bar\" role=\"img\" aria-label=\"{}: {}\"><div style=\"width:{}%\"></div>"
        "</div>\n",
        label, markup(words), label, markup(words), percent);
}

std::string loop_section_html(const SectionReport& section) {
    std::string html = fmt::format("<section{}>\n<h2>{} <span class=\"faint\">{}</span></h2>\n",
                                   section.has_grade ? "" : " class=\"is-open\"",
                                   markup(section.section), markup(section.title));
    html += bar_of("Time", section.used_ms, section.allowed_ms,
                   time_words(section.used_ms, section.allowed_ms));
    if (section.has_grade) {
        html += bar_of("Score", section.earned, section.judged,
                       fmt::format("{} / {}", section.earned, section.judged));
    } else {
        html += "<p>No grade yet.</p>\n";
    }
    if (!section.attempt.empty()) {
        html += fmt::format("<p class=\"faint\">{}</p>\n", markup(section_notes(section)));
    }
    for (const std::string& file : section.late) {
        html += fmt::format("<p class=\"notice\">{} was saved after the time was up</p>\n",
                            markup(file));
    }
    if (!section.ratings.empty()) {
        html += "<p>Rated by the candidate; worth no points:</p>\n<ul>\n";
        for (const SelfRating& rating : section.ratings) {
            html += fmt::format("<li>{}</li>\n", markup(self_rating_words(rating)));
        }
        html += "</ul>\n";
    }
    return html + "</section>\n";
}

}  // namespace

std::string loop_html(const LoopReport& report) {
    std::string html = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<title>{0}</title>\n<style>\n{1}</style>\n</head>\n<body>\n<main>\n"
        "<header>\n<p class=\"faint\">{2} · begun {3}</p>\n<h1>The whole interview: {0}</h1>\n"
        "<p class=\"total\"><b>{4}</b> / {5}</p>\n"
        "<p class=\"faint\">{6} of {7} sections graded · {8}</p>\n",
        markup(report.name), kReportStyle, report.rules, to_rfc3339(report.started_at_ms),
        report.earned(), report.judged(), report.graded(), report.sections.size(),
        minutes_words(report.used_ms()));
    if (report.set_back_ms > 0) {
        html += fmt::format("<p class=\"notice\">{}</p>\n", markup(set_back_words(report)));
    }
    html += "</header>\n";
    for (const SectionReport& section : report.sections) html += loop_section_html(section);
    return html + "</main>\n</body>\n</html>\n";
}

}  // namespace onsite
