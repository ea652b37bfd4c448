#include "harness/report/text_story.hpp"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace onsite {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::size_t kNamesMax = 4;

std::string painted_headline(const Verdict& verdict, const Painter& paint) {
    const std::string_view word = headline_word(verdict);
    switch (verdict.outcome) {
        case Outcome::pass:
            return paint.green(word);
        case Outcome::fail:
            return paint.red(word);
        case Outcome::inconclusive:
            return paint.yellow(word);
    }
    std::abort();
}

std::string names_of(const Story& story) {
    if (story.checks.size() <= kNamesMax) return fmt::format("{}", fmt::join(story.checks, ", "));
    return fmt::format("{} and {} others", story.checks.front(), story.checks.size() - 1);
}

std::size_t indentation(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

// Carets under the line above.
bool is_marks(std::string_view line) { return line.substr(indentation(line)).starts_with('^'); }

std::vector<std::string> indented(std::vector<std::string> lines, std::size_t indent) {
    for (std::string& line : lines) line.insert(0, indent, ' ');
    return lines;
}

// Carets and the words behind them. Where there is no room for the words they come below, as far
// to the right as they fit.
std::vector<std::string> fitted_marks(std::string_view line, std::size_t columns) {
    const std::size_t end = std::min(line.find_first_not_of('^', indentation(line)), line.size());
    const std::string_view words = line.substr(std::min(end + 1, line.size()));
    std::vector<std::string> lines = {std::string(line.substr(0, std::min(end, columns)))};
    const std::size_t room = columns - std::min(columns_of(words), columns);
    const auto below = indented(wrapped(words, columns), std::min(indentation(line), room));
    lines.insert(lines.end(), below.begin(), below.end());
    return lines;
}

// A sentence that is too wide goes on below: its end may be what has to be done. What stands in
// columns, or has marks under it, is a picture and is cut.
std::vector<std::string> fitted(std::string_view line, bool has_marks, std::size_t columns) {
    if (columns_of(line) <= columns) return {std::string(line)};
    if (is_marks(line)) return fitted_marks(line, columns);
    const std::size_t indent = indentation(line);
    const std::string_view text = line.substr(indent);
    const bool is_picture = has_marks || text.find("  ") != text.npos || 2 * indent > columns;
    if (is_picture) return {cut(line, columns)};
    return indented(wrapped(text, columns - indent), indent);
}

}  // namespace

std::vector<std::string> text_story(const Story& story, std::size_t width, const Painter& paint) {
    const Verdict& verdict = story.verdict;
    const std::string cause(to_string(verdict.cause));
    std::vector<std::string> lines;
    const std::size_t names_width = width - 6 - 2 - cause.size();
    lines.push_back(fmt::format("{}  {}  {}", painted_headline(verdict, paint),
                                left(cut(names_of(story), names_width), 28), paint.faint(cause)));
    lines.emplace_back();
    const std::string indent(kIndent, ' ');
    for (const std::string& part : wrapped(verdict.message, width - kIndent)) {
        lines.push_back(indent + paint.bold(part));
    }
    const std::vector<std::string> evidence = story_lines(verdict);
    if (!evidence.empty()) lines.emplace_back();
    for (std::size_t i = 0; i < evidence.size(); ++i) {
        const bool has_marks = i + 1 < evidence.size() && is_marks(evidence[i + 1]);
        for (const std::string& shown : fitted(evidence[i], has_marks, width - 2 * kIndent)) {
            lines.push_back(shown.empty() ? shown : indent + indent + shown);
        }
    }
    if (!verdict.evidence.case_json.empty()) {
        lines.emplace_back();
        lines.push_back(
            fmt::format("{}the smallest case   failures/{}.json", indent, verdict.check));
    }
    return lines;
}

}  // namespace onsite
