#include "exercises/2-invoicing/checks/markdown_text.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "exercises/2-invoicing/checks/words.hpp"

namespace onsite::invoicing {
namespace {

struct NumberedLine {
    int number;
    std::string_view text;
};

// What a reader sees outside fenced blocks. The marks of a heading are not a part of what is seen.
std::vector<NumberedLine> open_lines(const Markdown& page) {
    std::vector<NumberedLine> open;
    for (const MarkdownLine& line : page.lines) {
        if (line.kind == MarkdownKind::heading) {
            open.push_back({line.number, line.text});
        } else if (line.kind == MarkdownKind::text || line.kind == MarkdownKind::blank) {
            open.push_back({line.number, line.visible});
        }
    }
    return open;
}

// "3. `tx` Lock the row" -> "`tx` Lock the row"; empty for any other line.
std::string_view after_number(std::string_view line) {
    std::string_view rest = trimmed(line);
    const std::size_t digits = rest.find_first_not_of("0123456789");
    if (digits == 0 || digits == std::string_view::npos) return {};
    rest.remove_prefix(digits);
    if (!rest.starts_with(". ") && !rest.starts_with(") ")) return {};
    return trimmed(rest.substr(2));
}

// Emphasis around the word that says where: **`tx`** Locks the row.
std::string_view without_emphasis(std::string_view text) {
    const std::size_t marks = text.find_first_not_of("*_");
    if (marks == 0 || marks == std::string_view::npos || text[marks] != '`') return text;
    return text.substr(marks);
}

Step read_step(int line, std::string_view text) {
    const bool is_emphasised = !text.starts_with('`');
    text = without_emphasis(text);
    Step step{.line = line, .tag = {}, .text = std::string(text)};
    const std::size_t end = text.find('`', 1);
    if (!text.starts_with('`') || end == std::string_view::npos) return step;
    step.tag = text.substr(1, end - 1);
    std::string_view rest = text.substr(end + 1);
    if (is_emphasised) rest.remove_prefix(std::min(rest.find_first_not_of("*_"), rest.size()));
    step.text = trimmed(rest);
    return step;
}

std::vector<std::string> cells_of(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with('|')) line.remove_prefix(1);
    std::vector<std::string> cells(1);
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
            cells.back().push_back(line[++i]);
        } else if (line[i] == '|') {
            cells.emplace_back();
        } else {
            cells.back().push_back(line[i]);
        }
    }
    if (cells.size() > 1 && trimmed(cells.back()).empty()) cells.pop_back();
    for (std::string& cell : cells) cell = std::string(trimmed(cell));
    return cells;
}

// The bars at the edges of a table may be left out.
bool is_row(std::string_view line) { return line.find('|') != std::string_view::npos; }

bool is_rule(std::string_view line) {
    return is_row(line) && line.find('-') != std::string_view::npos &&
           line.find_first_not_of("|-: \t") == std::string_view::npos;
}

}  // namespace

std::vector<Section> sections_of(const Markdown& page) {
    std::vector<Section> sections;
    bool is_in_step = false;
    for (const auto& [number, line] : open_lines(page)) {
        if (line.starts_with("#")) {
            is_in_step = false;
            if (line.starts_with("## ")) {
                sections.push_back(
                    {.title = std::string(trimmed(line.substr(3))), .line = number, .steps = {}});
            }
            continue;
        }
        if (sections.empty()) continue;
        std::vector<Step>& steps = sections.back().steps;
        if (const std::string_view step = after_number(line); !step.empty()) {
            steps.push_back(read_step(number, step));
            is_in_step = true;
        } else if (trimmed(line).empty()) {
            is_in_step = false;
        } else if (is_in_step) {
            steps.back().text.append(" ").append(trimmed(line));
        }
    }
    return sections;
}

int TextTable::column(std::string_view word) const {
    for (std::size_t i = 0; i < header.size(); ++i) {
        if (header[i].find(word) != std::string::npos) return static_cast<int>(i);
    }
    return -1;
}

std::string_view TextTable::cell(const TableRow& row, int column) {
    const auto place = static_cast<std::size_t>(column);
    return column < 0 || place >= row.cells.size() ? std::string_view() : row.cells[place];
}

std::vector<TextTable> tables_in(const Markdown& page) {
    const std::vector<NumberedLine> lines = open_lines(page);
    std::vector<TextTable> tables;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        if (!is_row(lines[i].text) || !is_rule(lines[i + 1].text)) continue;
        TextTable table{.line = lines[i].number, .header = {}, .rows = {}};
        for (const std::string& cell : cells_of(lines[i].text)) {
            table.header.push_back(lowered(cell));
        }
        for (i += 2; i < lines.size() && is_row(lines[i].text); ++i) {
            table.rows.push_back({lines[i].number, cells_of(lines[i].text)});
        }
        tables.push_back(std::move(table));
    }
    return tables;
}

std::vector<std::string> code_words(std::string_view text) {
    std::vector<std::string> words;
    const std::vector<std::string_view> parts = split(text, '`');
    for (std::size_t i = 1; i + 1 < parts.size(); i += 2) words.emplace_back(parts[i]);
    return words;
}

}  // namespace onsite::invoicing
