// Sections, numbered steps and tables of a Markdown file, with their lines. What stands in a fenced
// block is no structure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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
std::vector<Section> sections_of(std::string_view text);

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
std::vector<TextTable> tables_in(std::string_view text);

// The words in backticks: "`key-in-use`, `a`" -> "key-in-use", "a".
std::vector<std::string> code_words(std::string_view text);

}  // namespace onsite::invoicing
