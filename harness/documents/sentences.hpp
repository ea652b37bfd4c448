// The words and sentences of a Markdown document, each with its place, so that whoever finds
// something in them can quote it. No grammar: a sentence ends at a full stop, a blank line, a list
// item or a heading.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "harness/documents/markdown.hpp"

namespace onsite {

// A place in the visible text of a line.
struct Span {
    int line = 0;
    std::size_t begin = 0;
    std::size_t size = 0;
};

struct Word {
    std::string text;  // Small letters, without the marks around it; "40", "%", "p99", "i'd".
    Span place;
    bool is_capital = false;  // It began with a capital letter.
};

struct Sentence {
    std::vector<Word> words;                 // Never empty.
    MarkdownKind kind = MarkdownKind::text;  // text, heading, code or front_matter.
    bool is_table = false;                   // A row of a table.
    bool ends_in_question_mark = false;
};

inline constexpr std::size_t kWordBytesMax = 100;

// The sentences of the lines, in order; reading stops behind `words_max` words. A longer word than
// kWordBytesMax is cut. Rows of tables, lines of code and headings are a sentence each.
// Complexity: O(n). Thread safety: pure.
std::vector<Sentence> sentences_of(std::span<const MarkdownLine> lines, std::size_t words_max);

}  // namespace onsite
