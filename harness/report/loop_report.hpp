// A whole interview on one page: the time and the score of each section, and how the candidate saw
// their own work. Whatever somebody wrote is escaped.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/report/report.hpp"

namespace onsite {

enum class SectionProgress {
    waiting,  // Not begun.
    running,
    paused,
    sealed,
};
std::string_view to_string(SectionProgress progress);

struct SectionReport {
    std::string slug;
    std::string section;  // "Coding"
    std::string title;
    std::string attempt;  // Empty: not begun.
    SectionProgress progress = SectionProgress::waiting;
    std::string sealed_because;  // "time"; empty: not sealed.
    std::int64_t allowed_ms = 0;
    std::int64_t used_ms = 0;
    int followups = 0;
    int followups_total = 0;
    int hints = 0;
    bool has_grade = false;  // The last grade that was isolated; the scores are 0 without one.
    int earned = 0;
    int judged = 0;
    std::vector<SelfRating> ratings;
    std::vector<std::string> late;  // Files that were saved after the time was up.
};

struct LoopReport {
    std::string name;   // "loop-1"
    std::string rules;  // "practice"
    std::int64_t started_at_ms = 0;
    std::int64_t set_back_ms = 0;  // How far the machine's clock was set back on the way.
    std::vector<SectionReport> sections;

    int earned() const;
    int judged() const;
    int graded() const;  // How many sections have a grade.
    std::int64_t used_ms() const;
};

// json (docs/reference/schemas/loop-report.schema.json), html, or text for every other format. Ends
// with a newline. Deterministic.
std::string render_loop(const LoopReport& report, ReportFormat format, const TextStyle& style = {});

}  // namespace onsite
