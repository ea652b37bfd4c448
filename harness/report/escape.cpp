#include "harness/report/escape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "harness/isolation/escape.hpp"

namespace onsite {
namespace {

// The code point that begins a text. REQUIRES: the text is UTF-8.
struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 0;
};

CodePoint first_code_point(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) return {.value = lead, .bytes = 1};
    const std::size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    std::uint32_t value = lead & (0xFFu >> (bytes + 1));
    for (const char c : text.substr(1, bytes - 1)) {
        value = (value << 6) | (static_cast<unsigned char>(c) & 0x3Fu);
    }
    return {.value = value, .bytes = bytes};
}

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

// Harmless to a terminal, but not seen by a reviewer or not allowed in XML: soft hyphen, zero-width
// characters, separators of lines, noncharacters, tags.
constexpr std::array kUnseen = {
    Range{0xAD, 0xAD},     Range{0x180E, 0x180E},   Range{0x200B, 0x200D},   Range{0x2028, 0x2029},
    Range{0x2060, 0x2064}, Range{0xFDD0, 0xFDEF},   Range{0xFEFF, 0xFEFF},   Range{0xFFF9, 0xFFFB},
    Range{0xFFFE, 0xFFFF}, Range{0x1FFFE, 0x1FFFF}, Range{0xE0000, 0xE0FFF},
};

bool is_unseen(std::uint32_t value) {
    return std::ranges::any_of(
        kUnseen, [&](const Range& range) { return value >= range.first && value <= range.last; });
}

void make_harmless(std::string& text, Lines lines = Lines::one) { text = harmless(text, lines); }

}  // namespace

std::string harmless(std::string_view text, Lines lines) {
    const std::string without_controls = escape_controls(text);
    std::string safe;
    safe.reserve(without_controls.size());
    for (std::string_view rest = without_controls; !rest.empty();) {
        const CodePoint point = first_code_point(rest);
        if (point.value == '\n') {
            safe += lines == Lines::many ? "\n" : "\\n";
        } else if (point.value == '\t') {
            safe += lines == Lines::many ? "    " : "\\t";
        } else if (is_unseen(point.value)) {
            safe += fmt::format("\\u{{{:x}}}", point.value);
        } else {
            safe += rest.substr(0, point.bytes);
        }
        rest.remove_prefix(point.bytes);
    }
    return safe;
}

Verdict harmless(Verdict verdict) {
    make_harmless(verdict.check);
    make_harmless(verdict.message);
    make_harmless(verdict.evidence.story, Lines::many);
    make_harmless(verdict.evidence.case_json);
    make_harmless(verdict.evidence.stderr_tail, Lines::many);
    return verdict;
}

Scorecard harmless(Scorecard scorecard) {
    GradeFacts& facts = scorecard.facts;
    for (std::string* const text :
         {&facts.exercise, &facts.title, &facts.attempt, &facts.language, &facts.content_hash,
          &facts.toolchain, &facts.replay, &scorecard.notice}) {
        make_harmless(*text);
    }
    for (std::string& note : facts.isolation.notes) make_harmless(note);
    for (CriterionResult& result : scorecard.criteria) {
        make_harmless(result.criterion.id);
        make_harmless(result.criterion.title);
        make_harmless(result.why);
        for (Level& level : result.criterion.levels) make_harmless(level.behaviour);
        for (Verdict& verdict : result.evidence) verdict = harmless(std::move(verdict));
    }
    for (Verdict& verdict : scorecard.other) verdict = harmless(std::move(verdict));
    return scorecard;
}

std::string markup(std::string_view text) {
    std::string safe;
    safe.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                safe += "&amp;";
                break;
            case '<':
                safe += "&lt;";
                break;
            case '>':
                safe += "&gt;";
                break;
            case '"':
                safe += "&quot;";
                break;
            case '\'':
                safe += "&#39;";
                break;
            default:
                safe += c;
        }
    }
    return safe;
}

}  // namespace onsite
