#include "harness/report/loop_report.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "base/clock.hpp"
#include "base/escape.hpp"
#include "base/json.hpp"
#include "harness/report/harmless.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/loop_html.hpp"
#include "harness/report/renderers.hpp"

namespace onsite {
namespace {

constexpr int kLoopBarColumns = 10;
constexpr int kLoopReportVersion = 1;

Json rating_to_json(const SelfRating& rating) {
    return {{"criterion", rating.criterion},
            {"level", rating.level},
            {"anchor", rating.anchor},
            {"note", rating.note}};
}

Json section_to_json(const SectionReport& section) {
    Json ratings = Json::array();
    for (const SelfRating& rating : section.ratings) ratings.push_back(rating_to_json(rating));
    Json json = {{"slug", section.slug},
                 {"section", section.section},
                 {"title", section.title},
                 {"attempt", section.attempt},
                 {"progress", to_string(section.progress)},
                 {"sealed_because", section.sealed_because},
                 {"allowed_ms", section.allowed_ms},
                 {"used_ms", section.used_ms},
                 {"followups_revealed", section.followups},
                 {"followups_total", section.followups_total},
                 {"hints_used", section.hints},
                 {"late_files", section.late},
                 {"self_ratings", ratings}};
    if (section.has_grade) json["score"] = {{"earned", section.earned}, {"judged", section.judged}};
    return json;
}

std::string loop_json(const LoopReport& report) {
    Json sections = Json::array();
    for (const SectionReport& section : report.sections) {
        sections.push_back(section_to_json(section));
    }
    const Json json = {{"loop_report_version", kLoopReportVersion},
                       {"loop", report.name},
                       {"rules", report.rules},
                       {"started_at", to_rfc3339(report.started_at_ms)},
                       {"clock_set_back_ms", report.set_back_ms},
                       {"used_ms", report.used_ms()},
                       {"earned", report.earned()},
                       {"judged", report.judged()},
                       {"sections", sections}};
    return json.dump(2, ' ', true, Json::error_handler_t::replace) + '\n';
}

std::string score_words(const SectionReport& section) {
    if (section.has_grade) return fmt::format("{} / {}", section.earned, section.judged);
    return section.attempt.empty() ? "not begun" : "no grade yet";
}

void add_section(std::string& text, const SectionReport& section, std::size_t name_columns,
                 const Painter& paint) {
    const std::string bar_column =
        section.has_grade ? bar(section.earned, section.judged, kLoopBarColumns) : std::string();
    text += fmt::format("  {}  {}   {}   {}\n", left(section.section, name_columns),
                        left(time_words(section.used_ms, section.allowed_ms), 18),
                        right(score_words(section), 12), bar_column);
    if (section.attempt.empty()) return;
    text += paint.faint(fmt::format("  {}  {}\n", left("", name_columns), section_notes(section)));
    for (const std::string& file : section.late) {
        text += fmt::format("  {}  {}\n", left("", name_columns),
                            paint.red(file + " was saved after the time was up"));
    }
    for (const SelfRating& rating : section.ratings) {
        text += fmt::format("  {}  rated by the candidate, no points: {}\n", left("", name_columns),
                            self_rating_words(rating));
    }
    if (!section.has_grade) {
        text += fmt::format("  {}  ./onsite grade {}\n", left("", name_columns), section.attempt);
    }
}

std::string loop_text(const LoopReport& report, const TextStyle& style) {
    const Painter paint(style.colour);
    std::size_t name_columns = columns_of("in all");
    for (const SectionReport& section : report.sections) {
        name_columns = std::max(name_columns, columns_of(section.section));
    }
    std::string text = paint.bold(fmt::format("{} · {} · begun {}", report.name, report.rules,
                                              to_rfc3339(report.started_at_ms))) +
                       "\n\n";
    for (const SectionReport& section : report.sections) {
        add_section(text, section, name_columns, paint);
    }
    text += fmt::format("\n  {}  {}   {}   {}\n", left("in all", name_columns),
                        left(minutes_words(report.used_ms()), 18),
                        right(fmt::format("{} / {}", report.earned(), report.judged()), 12),
                        bar(report.earned(), report.judged(), kLoopBarColumns));
    text += fmt::format("  {} of {} sections graded\n", report.graded(), report.sections.size());
    if (report.set_back_ms > 0) text += paint.red("  " + set_back_words(report)) + '\n';
    return text;
}

LoopReport harmless_copy(LoopReport report) {
    const auto clean = [](std::string& text) { text = harmless(text, Lines::one); };
    clean(report.name);
    for (SectionReport& section : report.sections) {
        for (std::string* const text : {&section.slug, &section.section, &section.title,
                                        &section.attempt, &section.sealed_because}) {
            clean(*text);
        }
        std::ranges::for_each(section.late, clean);
        for (SelfRating& rating : section.ratings) rating = harmless(std::move(rating));
    }
    return report;
}

}  // namespace

std::string_view to_string(SectionProgress progress) {
    switch (progress) {
        case SectionProgress::waiting:
            return "waiting";
        case SectionProgress::running:
            return "running";
        case SectionProgress::paused:
            return "paused";
        case SectionProgress::sealed:
            return "sealed";
    }
    std::abort();
}

int LoopReport::earned() const {
    int sum = 0;
    for (const SectionReport& section : sections) sum += section.earned;
    return sum;
}

int LoopReport::judged() const {
    int sum = 0;
    for (const SectionReport& section : sections) sum += section.judged;
    return sum;
}

int LoopReport::graded() const {
    return static_cast<int>(std::ranges::count(sections, true, &SectionReport::has_grade));
}

std::int64_t LoopReport::used_ms() const {
    std::int64_t sum = 0;
    for (const SectionReport& section : sections) sum += section.used_ms;
    return sum;
}

std::string minutes_words(std::int64_t ms) {
    const std::int64_t seconds = ms / 1'000;
    if (seconds < 60) return plural(static_cast<std::uint64_t>(seconds), "second");
    return fmt::format("{} min {:02} s", seconds / 60, seconds % 60);
}

std::string time_words(std::int64_t used_ms, std::int64_t allowed_ms) {
    const auto face = [](std::int64_t ms) {
        const std::int64_t seconds = ms / 1'000;
        return fmt::format("{}:{:02}", seconds / 60, seconds % 60);
    };
    return fmt::format("{} of {}", face(used_ms), face(allowed_ms));
}

std::string section_notes(const SectionReport& section) {
    std::vector<std::string> parts = {section.attempt};
    parts.push_back(section.sealed_because.empty()
                        ? std::string(to_string(section.progress))
                        : fmt::format("sealed ({})", section.sealed_because));
    if (section.followups_total > 0) {
        parts.push_back(
            fmt::format("{} of {} follow-ups", section.followups, section.followups_total));
    }
    parts.push_back(plural(static_cast<std::uint64_t>(section.hints), "hint"));
    return fmt::format("{}", fmt::join(parts, " · "));
}

std::string set_back_words(const LoopReport& report) {
    return fmt::format(
        "the machine's clock was set back by {} on the way; that time is not counted",
        minutes_words(report.set_back_ms));
}

std::string render_loop(const LoopReport& report, ReportFormat format, const TextStyle& style) {
    if (format == ReportFormat::json) return loop_json(report);
    if (format == ReportFormat::html) return loop_html(harmless_copy(report));
    return loop_text(harmless_copy(report), style);
}

}  // namespace onsite
