// A Markdown document as this section reads it: the sections under its headings, and the fenced
// blocks by their language. Only what a reader of the rendered page sees is in it.
// Thread safety: a page may be read by many.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "harness/documents/markdown.hpp"

namespace onsite::subscriptions {

// Lines are numbered from 1, as editors do.
struct PageLine {
    int number = 0;
    std::string text;
};

struct Section {
    int level = 0;  // Of its heading: 2 for "## Trials".
    int line = 0;
    std::string title;
    std::vector<PageLine> lines;  // Up to the next heading of any level, fenced blocks left out.
};

struct FencedBlock {
    std::string language;  // "machine"
    int line = 0;          // Of the opening fence.
    std::vector<PageLine> lines;
};

struct Page {
    std::vector<Section> sections;
    std::vector<FencedBlock> blocks;
};

// Complexity: O(bytes).
Page page_of(const Markdown& document);

// The first block of that language, in small letters; null when there is none.
const FencedBlock* find_block(const Page& page, std::string_view language);
// The sections of one level below the heading that begins at `parent`, up to the next heading of
// the parent's level or above.
std::vector<const Section*> sections_below(const Page& page, const Section& parent);

// "api.yaml:57: type: integer", made harmless and cut: how a story quotes a line.
std::string quoted_line(std::string_view document, int line, std::string_view text);

}  // namespace onsite::subscriptions
