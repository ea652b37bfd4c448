#include "exercises/3-subscriptions/checks/page.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace onsite::subscriptions {
namespace {

constexpr std::size_t kQuotedBytesMax = 100;
constexpr std::size_t kFenceMin = 3;

std::size_t count_of(std::string_view text, char mark) {
    return std::min(text.find_first_not_of(mark), text.size());
}

// The mark of a fence that a line begins with: "```" or "~~~", as long as it is written.
std::optional<std::string_view> fence_of(std::string_view line) {
    const std::string_view text = trimmed(line);
    for (const char mark : {'`', '~'}) {
        const std::size_t length = count_of(text, mark);
        if (length >= kFenceMin) return text.substr(0, length);
    }
    return std::nullopt;
}

// Sorts the lines of fenced code, fences included, into blocks.
class BlockReader {
public:
    explicit BlockReader(Page& page) : page_(page) {}

    void take(const MarkdownLine& line) {
        const auto fence = fence_of(line.visible);
        if (fence_.empty()) {
            fence_ = fence.value_or("");
            const std::string_view language = trimmed(line.visible).substr(fence_.size());
            page_.blocks.push_back({lowered(trimmed(language)), line.number, {}});
        } else if (fence && fence->starts_with(fence_) && trimmed(line.visible) == *fence) {
            fence_.clear();
        } else {
            page_.blocks.back().lines.push_back({line.number, line.visible});
        }
    }

private:
    Page& page_;
    std::string fence_;  // Of the block that is open; empty outside.
};

}  // namespace

std::string quoted_line(std::string_view document, int line, std::string_view text) {
    const std::string_view shown = trimmed(text).substr(0, kQuotedBytesMax);
    return fmt::format("{}:{}: {}", document, line, harmless(shown, Lines::one));
}

Page page_of(const Markdown& document) {
    Page page;
    BlockReader blocks(page);
    for (const MarkdownSection& section : document.sections) {
        if (section.level > 0)
            page.sections.push_back({section.level, section.line, section.title, {}});
        for (const MarkdownLine& line : document.lines_of(section)) {
            if (line.kind == MarkdownKind::code) blocks.take(line);
            if (line.kind != MarkdownKind::text || section.level == 0) continue;
            page.sections.back().lines.push_back({line.number, line.visible});
        }
    }
    return page;
}

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
