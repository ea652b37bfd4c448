// A scorecard as a person or another program reads it. Whatever a candidate wrote is escaped: no
// report can drive a terminal, a browser or an XML parser.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "harness/scoring/scorecard.hpp"
#include "harness/verdict/verdict.hpp"

namespace onsite {

enum class ReportFormat {
    text,
    json,        // docs/reference/schemas/scorecard.schema.json
    junit,       // docs/reference/schemas/junit.xsd
    gradescope,  // docs/reference/schemas/gradescope.schema.json
    html,        // One file without scripts.
    csv,         // A row for each criterion; no cell is a formula.
};
std::string_view to_string(ReportFormat format);
std::optional<ReportFormat> report_format_from(std::string_view word);

enum class Colour { never, always };

// How text is laid out; the other formats do not depend on it.
struct TextStyle {
    Colour colour = Colour::never;
    int width_columns = 100;  // At least kWidthColumnsMin is used.
};
inline constexpr int kWidthColumnsMin = 60;

// Ends with a newline. Deterministic.
std::string render(const Scorecard& scorecard, ReportFormat format, const TextStyle& style = {});

// "capped at 50 of 72 points: money below level 2: ..."
std::string gate_words(const Gate& gate, const Scorecard& scorecard);
// "strong yes"
std::string_view signal_words(HireSignal signal);

// What `onsite check` prints: the story of each verdict that is no pass, then those that are.
struct FastResult {
    std::string exercise;                 // slug
    std::string content_hash;             // Of the file that was judged.
    std::int64_t save_to_verdict_ms = 0;  // 0: not measured.
    std::string clock;                    // "12 of 45 minutes"
    std::string next;  // The command to go on with: "onsite grade reconciliation"
    std::span<const Verdict> verdicts;
};
std::string render_fast(const FastResult& result, const TextStyle& style = {});

}  // namespace onsite
