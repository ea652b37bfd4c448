#include "exercises/3-subscriptions/checks/page.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "base/escape.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::size_t kQuotedBytesMax = 100;
constexpr std::size_t kFenceMin = 3;

std::size_t count_of(std::string_view text, char mark) {
    return std::min(text.find_first_not_of(mark), text.size());
}

// The mark of a fence that a line opens: "```" or "~~~", as long as it is written.
std::optional<std::string_view> fence_of(std::string_view line) {
    const std::string_view text = trimmed(line);
    for (const char mark : {'`', '~'}) {
        const std::size_t length = count_of(text, mark);
        if (length >= kFenceMin) return text.substr(0, length);
    }
    return std::nullopt;
}

// The level of a heading, 0 when the line is none: one to six #, then a space.
int heading_level(std::string_view line) {
    const std::size_t length = count_of(line, '#');
    const bool is_heading = length >= 1 && length <= 6 && line.size() > length &&
                            (line[length] == ' ' || line[length] == '\t');
    return is_heading ? static_cast<int>(length) : 0;
}

class PageReader {
public:
    Page read(std::string_view text) {
        int number = 0;
        while (!text.empty()) {
            const std::size_t end = std::min(text.find('\n'), text.size());
            std::string_view line = text.substr(0, end);
            if (line.ends_with('\r')) line.remove_suffix(1);
            take(++number, line);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
        return std::move(page_);
    }

private:
    void take(int number, std::string_view line) {
        if (!fence_.empty()) return take_fenced(number, line);
        const std::string visible = without_comments(line);
        if (const auto fence = fence_of(visible)) {
            fence_ = *fence;
            page_.blocks.push_back(
                {lower_case(trimmed(trimmed(visible).substr(fence->size()))), number, {}});
        } else if (const int level = heading_level(visible)) {
            const auto title =
                trimmed(std::string_view(visible).substr(static_cast<std::size_t>(level)));
            page_.sections.push_back({level, number, std::string(title), {}});
        } else if (!page_.sections.empty()) {
            page_.sections.back().lines.push_back({number, visible});
        }
    }

    void take_fenced(int number, std::string_view line) {
        const auto fence = fence_of(line);
        if (fence && fence->starts_with(fence_) && trimmed(line) == *fence) {
            fence_.clear();
        } else {
            page_.blocks.back().lines.push_back({number, std::string(line)});
        }
    }

    std::string without_comments(std::string_view line) {
        std::string visible;
        while (!line.empty()) {
            const std::string_view mark = is_in_comment_ ? "-->" : "<!--";
            const std::size_t found = line.find(mark);
            if (!is_in_comment_) visible += line.substr(0, found);
            if (found == line.npos) break;
            is_in_comment_ = !is_in_comment_;
            line.remove_prefix(found + mark.size());
        }
        return visible;
    }

    Page page_;
    std::string fence_;  // Of the block that is open; empty outside.
    bool is_in_comment_ = false;
};

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = text.find_first_not_of(kBlank);
    if (begin == text.npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& letter : lower) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return lower;
}

std::string quoted_line(std::string_view document, int line, std::string_view text) {
    const std::string_view shown = trimmed(text).substr(0, kQuotedBytesMax);
    return fmt::format("{}:{}: {}", document, line, harmless(shown, Lines::one));
}

Page read_page(std::string_view text) { return PageReader().read(text); }

const FencedBlock* find_block(const Page& page, std::string_view language) {
    const auto found = std::ranges::find(page.blocks, language, &FencedBlock::language);
    return found == page.blocks.end() ? nullptr : &*found;
}

std::vector<const Section*> sections_below(const Page& page, const Section& parent) {
    std::vector<const Section*> below;
    for (const Section& section : page.sections) {
        if (section.line <= parent.line) continue;
        if (section.level <= parent.level) break;
        below.push_back(&section);
    }
    return below;
}

}  // namespace onsite::subscriptions
