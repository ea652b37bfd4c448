#include "harness/report/report.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/report/harmless.hpp"
#include "harness/report/layout.hpp"
#include "harness/report/renderers.hpp"
#include "harness/scoring/scorecard_json.hpp"

namespace onsite {

std::string_view to_string(ReportFormat format) {
    switch (format) {
        case ReportFormat::text:
            return "text";
        case ReportFormat::json:
            return "json";
        case ReportFormat::junit:
            return "junit";
        case ReportFormat::gradescope:
            return "gradescope";
        case ReportFormat::html:
            return "html";
        case ReportFormat::csv:
            return "csv";
    }
    std::abort();
}

std::optional<ReportFormat> report_format_from(std::string_view word) {
    using enum ReportFormat;
    for (const ReportFormat format : {text, json, junit, gradescope, html, csv}) {
        if (word == to_string(format)) return format;
    }
    return std::nullopt;
}

std::string render(const Scorecard& scorecard, ReportFormat format, const TextStyle& style) {
    switch (format) {
        case ReportFormat::text:
            return text_report(harmless(scorecard), style);
        case ReportFormat::json:
            return scorecard_text(scorecard);
        case ReportFormat::junit:
            return junit_report(harmless(scorecard));
        case ReportFormat::gradescope:
            return gradescope_report(harmless(scorecard));
        case ReportFormat::html:
            return html_report(harmless(scorecard));
        case ReportFormat::csv:
            return csv_report(harmless(scorecard));
    }
    std::abort();
}

std::string_view language_title(std::string_view language) {
    if (language == "cpp") return "C++";
    if (language == "typescript") return "TypeScript";
    if (language == "python") return "Python";
    return language;
}

std::vector<Verdict> all_verdicts(const Scorecard& scorecard) {
    std::vector<Verdict> verdicts;
    for (const CriterionResult& result : scorecard.criteria) {
        verdicts.insert(verdicts.end(), result.evidence.begin(), result.evidence.end());
    }
    verdicts.insert(verdicts.end(), scorecard.other.begin(), scorecard.other.end());
    return verdicts;
}

std::string replay_command(const Scorecard& scorecard) {
    const std::vector<Verdict> verdicts = all_verdicts(scorecard);
    const auto failed = std::ranges::find(verdicts, Outcome::fail, &Verdict::outcome);
    if (failed == verdicts.end()) return scorecard.facts.replay;
    return fmt::format("{} --only {}", scorecard.facts.replay, failed->check);
}

std::string self_rating_words(const SelfRating& rating) {
    return fmt::format("{} level {} ({}){}", rating.criterion, rating.level, rating.anchor,
                       rating.note.empty() ? "" : ": " + rating.note);
}

std::string gate_words(const Gate& gate, const Scorecard& scorecard) {
    const int earned = scorecard.earned_before_gates;
    const std::string at =
        earned > gate.cap ? fmt::format("at {} of {} points", gate.cap, earned)
                          : fmt::format("at {} points, which {} do not reach", gate.cap, earned);
    return fmt::format("{}: {} is below level {}: {}", at, gate.when, gate.below, gate.because);
}

std::string_view signal_words(HireSignal signal) {
    switch (signal) {
        case HireSignal::strong_no:
            return "strong no";
        case HireSignal::no:
            return "no";
        case HireSignal::yes:
            return "yes";
        case HireSignal::strong_yes:
            return "strong yes";
    }
    std::abort();
}

std::string rating_words(const PersonRating& rating) {
    return fmt::format("{}: level {}{} · {}{}{}", rating.reviewer, rating.level,
                       rating.is_revote ? " (second vote)" : "", fmt::join(rating.anchors, ", "),
                       rating.comment.empty() ? "" : " · ", rating.comment);
}

std::string circumstances(const GradeFacts& facts) {
    std::vector<std::string> parts;
    parts.push_back(fmt::format("{} of {} minutes", facts.minutes_used(), facts.minutes_allowed));
    if (facts.followups_total > 0) {
        parts.push_back(
            fmt::format("{} of {} follow-ups", facts.followups_revealed, facts.followups_total));
    }
    parts.push_back(plural(static_cast<std::uint64_t>(facts.hints_used), "hint"));
    parts.push_back(facts.is_solution_viewed ? "the reference was read"
                                             : "the reference was not read");
    return fmt::format("{}", fmt::join(parts, " · "));
}

}  // namespace onsite
