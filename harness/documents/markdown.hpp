// A Markdown document as checks read it: front matter, and sections that know their lines.
//
// Every line of the file belongs to exactly one section, in order: a section runs from its heading
// to the line before the next heading of any level; lines before the first heading (the front
// matter too) are a section of level 0. Line numbers are those of the file, from 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace onsite {

inline constexpr std::size_t kMarkdownBytesMax = 1 << 20;
inline constexpr std::size_t kFrontMatterFieldsMax = 100;
inline constexpr std::size_t kFrontMatterTextMax = 1'000;

enum class MarkdownKind {
    blank,
    text,
    heading,       // "## Title", or a line that is underlined with === or ---, and the underline.
    code,          // Fenced code and its fences.
    front_matter,  // The lines between --- and --- at the top, and those two.
    hidden,        // Nothing of it is seen on the page.
};

struct MarkdownLine {
    int number = 0;
    MarkdownKind kind = MarkdownKind::blank;
    std::string text;     // As it is in the file, without its end.
    std::string visible;  // What a reader of the page sees (shown_text.hpp); marks like ** stay.
    bool hides_some = false;  // Something on it is not seen.
};

// "retention_days: 2555": one line of the front matter.
struct FrontMatterField {
    std::string key;
    std::string text;                    // Without quotes and without a comment behind " #".
    std::optional<std::int64_t> number;  // When the text is a whole number; 1_000 is 1000.
    int line = 0;
};

// A line of the front matter that is no field: what was expected there, what was found.
struct FrontMatterProblem {
    int line = 0;
    std::string message;
};

struct MarkdownSection {
    int level = 0;      // 1 to 6; 0 before the first heading.
    std::string title;  // What is seen of the heading; empty before the first.
    int line = 1;       // Its first line, the heading's.
    std::size_t lines = 0;
};

struct Markdown {
    std::vector<MarkdownLine> lines;
    std::vector<MarkdownSection> sections;
    std::vector<FrontMatterField> front_matter;
    std::vector<FrontMatterProblem> front_matter_problems;

    std::span<const MarkdownLine> lines_of(const MarkdownSection& section) const;
    // A section with all below it: up to the next heading of its level or a higher one.
    std::span<const MarkdownLine> lines_below(const MarkdownSection& section) const;
    // The first of that key or title; nullptr when there is none. Titles are compared without
    // regard to case.
    const FrontMatterField* field(std::string_view key) const;
    const MarkdownSection* section(std::string_view title) const;
};

// Any bytes are a document. `name` is for the error.
// Errors: usage, when the text is larger than kMarkdownBytesMax.
// Complexity: O(n). Thread safety: pure.
Result<Markdown> read_markdown(std::string_view text, std::string_view name);

}  // namespace onsite
