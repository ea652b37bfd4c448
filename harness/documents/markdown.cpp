#include "harness/documents/markdown.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/parse_number.hpp"
#include "harness/documents/shown_text.hpp"

namespace onsite {
namespace {

// ---- Front matter

bool is_key(std::string_view key) {
    return !key.empty() && std::ranges::all_of(key, [](char c) {
        return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
    });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::string digits(text);
    std::erase(digits, '_');
    return parse_number<std::int64_t>(digits);
}

std::string_view unquoted(std::string_view text) {
    for (const char quote : {'"', '\''}) {
        if (text.size() < 2 || text.front() != quote) continue;
        const auto end = text.find(quote, 1);
        if (end != text.npos) return text.substr(1, end - 1);
    }
    return trimmed(text.substr(0, text.find(" #")));
}

void read_field(const MarkdownLine& line, Markdown& document) {
    const std::string_view text = trimmed(line.visible);
    if (text.empty() || text.starts_with('#')) return;
    const auto complain = [&](std::string message) {
        document.front_matter_problems.push_back({line.number, std::move(message)});
    };
    const auto colon = text.find(':');
    const std::string_view key = trimmed(text.substr(0, std::min(colon, text.size())));
    if (colon == text.npos || !is_key(key)) {
        return complain("expected \"key: value\" in the front matter, found another line");
    }
    const std::string_view value = trimmed(text.substr(colon + 1));
    if (value.size() > kFrontMatterTextMax) {
        return complain(
            fmt::format("expected at most {} bytes, found {}", kFrontMatterTextMax, value.size()));
    }
    if (document.front_matter.size() == kFrontMatterFieldsMax) {
        return complain(
            fmt::format("expected at most {} fields in the front matter", kFrontMatterFieldsMax));
    }
    if (const FrontMatterField* earlier = document.field(key)) {
        return complain(fmt::format("{} was given on line {} already", key, earlier->line));
    }
    const std::string_view plain = unquoted(value);
    document.front_matter.push_back({.key = std::string(key),
                                     .text = std::string(plain),
                                     .number = whole_number(plain),
                                     .line = line.number});
}

// How many lines the front matter has, its fences included; 0 without.
std::size_t front_matter_size(std::span<const std::string_view> lines) {
    if (lines.empty() || trimmed(lines[0]) != "---") return 0;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        if (trimmed(lines[i]) == "---") return i + 1;
    }
    return 0;
}

// ---- Lines

// The length of the fence at the front of a line, and what it is made of; 0 without.
struct Fence {
    char mark = 0;
    std::size_t length = 0;
};

Fence fence_of(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (!text.starts_with("```") && !text.starts_with("~~~")) return {};
    return {text[0], std::min(text.find_first_not_of(text[0]), text.size())};
}

bool is_end_of(const Fence& open, std::string_view line) {
    const Fence fence = fence_of(line);
    return fence.mark == open.mark && fence.length >= open.length &&
           trimmed(line).size() == fence.length;
}

// The level of "## Title"; 0 for other lines.
int heading_level(std::string_view line) {
    const auto begin = line.find_first_not_of(' ');
    if (begin == line.npos || begin > 3) return 0;
    line.remove_prefix(begin);
    const auto level = std::min(line.find_first_not_of('#'), line.size());
    if (level == 0 || level > 6) return 0;
    if (level < line.size() && line[level] != ' ' && line[level] != '\t') return 0;
    return static_cast<int>(level);
}

// The level that a line gives to the text above it: 1 for "===", 2 for "---", 0 for others.
int underline_level(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.size() < 2 || (text[0] != '=' && text[0] != '-')) return 0;
    if (text.find_first_not_of(text[0]) != text.npos) return 0;
    return text[0] == '=' ? 1 : 2;
}

std::string title_of(std::string_view heading) {
    std::string_view title = trimmed(heading);
    title.remove_prefix(std::min(title.find_first_not_of('#'), title.size()));
    const auto last = title.find_last_not_of("# ");
    return std::string(trimmed(title.substr(0, last == title.npos ? 0 : last + 1)));
}

class Reader {
public:
    Markdown read(std::span<const std::string_view> lines) {
        const std::size_t front = front_matter_size(lines);
        for (const std::string_view line : lines) {
            add(line, document_.lines.size() < front);
        }
        for (std::size_t i = 1; i + 1 < front; ++i) read_field(document_.lines[i], document_);
        return std::move(document_);
    }

private:
    void add(std::string_view text, bool is_front_matter) {
        const int number = static_cast<int>(document_.lines.size()) + 1;
        MarkdownLine line{.number = number, .text = std::string(text)};
        int level = 0;
        if (is_front_matter) {
            line.kind = MarkdownKind::front_matter;
            line.visible = without_unseen(text);
        } else if (is_code(text)) {
            line.kind = MarkdownKind::code;
            line.visible = without_unseen(text);
        } else {
            level = add_prose(line);
        }
        if (document_.sections.empty() || level > 0) {
            document_.sections.push_back({.level = level,
                                          .title = level > 0 ? title_of(line.visible) : "",
                                          .line = number,
                                          .lines = 0});
        }
        ++document_.sections.back().lines;
        document_.lines.push_back(std::move(line));
    }

    bool is_code(std::string_view text) {
        if (fence_.length > 0) {
            if (is_end_of(fence_, text)) fence_ = {};
            return true;
        }
        if (!shown_.is_hiding()) fence_ = fence_of(text);
        return fence_.length > 0;
    }

    // Returns the level of the heading that the line is; 0 when it is none.
    int add_prose(MarkdownLine& line) {
        ShownText::Line shown = shown_.read(line.text);
        line.visible = std::move(shown.text);
        line.hides_some = shown.hides_some;
        if (trimmed(line.visible).empty()) {
            line.kind = line.hides_some ? MarkdownKind::hidden : MarkdownKind::blank;
            return 0;
        }
        line.kind = MarkdownKind::text;
        if (const int level = heading_level(line.visible)) {
            line.kind = MarkdownKind::heading;
            return level;
        }
        if (const int level = underline_level(line.visible)) underline(line, level);
        return 0;
    }

    // Makes the text line above a heading; a list or table above "---" is none.
    void underline(MarkdownLine& line, int level) {
        if (document_.lines.empty()) return;
        MarkdownLine& above = document_.lines.back();
        if (above.kind != MarkdownKind::text || trimmed(above.visible).starts_with('|')) return;
        above.kind = line.kind = MarkdownKind::heading;
        MarkdownSection& before = document_.sections.back();
        if (before.lines == 1) {
            document_.sections.pop_back();
        } else {
            --before.lines;
        }
        document_.sections.push_back({.level = level,
                                      .title = std::string(trimmed(above.visible)),
                                      .line = above.number,
                                      .lines = 1});
    }

    Markdown document_;
    ShownText shown_;
    Fence fence_;
};

}  // namespace

std::span<const MarkdownLine> Markdown::lines_of(const MarkdownSection& section) const {
    return std::span(lines).subspan(static_cast<std::size_t>(section.line - 1), section.lines);
}

std::span<const MarkdownLine> Markdown::lines_below(const MarkdownSection& section) const {
    const auto begin = static_cast<std::size_t>(section.line - 1);
    std::size_t end = lines.size();
    for (const MarkdownSection& other : sections) {
        if (other.line > section.line && other.level <= section.level) {
            end = static_cast<std::size_t>(other.line - 1);
            break;
        }
    }
    return std::span(lines).subspan(begin, end - begin);
}

const FrontMatterField* Markdown::field(std::string_view key) const {
    const auto found = std::ranges::find(front_matter, key, &FrontMatterField::key);
    return found == front_matter.end() ? nullptr : &*found;
}

const MarkdownSection* Markdown::section(std::string_view title) const {
    const auto found = std::ranges::find_if(sections, [&](const MarkdownSection& section) {
        return section.level > 0 && same_ignoring_case(section.title, title);
    });
    return found == sections.end() ? nullptr : &*found;
}

Result<Markdown> read_markdown(std::string_view text, std::string_view name) {
    if (text.size() > kMarkdownBytesMax) {
        return usage_error(fmt::format("{}: expected at most {} bytes, found {}: shorten it", name,
                                       kMarkdownBytesMax, text.size()));
    }
    if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    std::vector<std::string_view> lines = split_lines(text);
    for (std::string_view& line : lines) line = without_return(line);
    return Reader().read(lines);
}

}  // namespace onsite
