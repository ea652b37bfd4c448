// Sections, numbered steps and tables of a Markdown page, with their lines. What stands in a fenced
// block, or is not seen on the page, is no structure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"

namespace onsite::invoicing {

struct Step {
    int line = 0;
    std::string tag;   // The word in backticks that it begins with: "tx"; empty for none.
    std::string text;  // What follows the tag, continued lines included.
};

struct Section {
    std::string title;
    int line = 0;
    std::vector<Step> steps;  // Of its numbered lists.
};

// The sections of level two: "## Pay".
std::vector<Section> sections_of(const Markdown& page);

struct TableRow {
    int line = 0;
    std::vector<std::string> cells;  // Without spaces around them.
};

struct TextTable {
    int line = 0;
    std::vector<std::string> header;  // In small letters.
    std::vector<TableRow> rows;

    // The column whose name holds the word; -1 when there is none.
    int column(std::string_view word) const;
    // The cell, empty where the row is shorter.
    static std::string_view cell(const TableRow& row, int column);
};

// Tables with a header and a line of dashes.
std::vector<TextTable> tables_in(const Markdown& page);

// The words in backticks: "`key-in-use`, `a`" -> "key-in-use", "a".
std::vector<std::string> code_words(std::string_view text);

}  // namespace onsite::invoicing
