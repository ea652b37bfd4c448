// Any bytes are a document: every line belongs to exactly one section, and lines keep their
// numbers. What is found in a document can be quoted, and a trick that is added is found.
#include <string>
#include <vector>

#include "harness/documents/honesty.hpp"
#include "harness/documents/markdown.hpp"
#include "harness/documents/phrases.hpp"
#include "tests/property/property.hpp"

namespace onsite {
namespace {

// Bytes, and the pieces that matter to a reader of Markdown.
rc::Gen<std::string> any_text() {
    const std::vector<std::string> pieces = {"\n",
                                             "\n",
                                             "\r\n",
                                             "# A",
                                             "## ",
                                             "---",
                                             "===",
                                             "```",
                                             "~~~",
                                             "`",
                                             "<!--",
                                             "-->",
                                             "<p hidden>",
                                             "</p>",
                                             "<span style=\"color:white\">",
                                             "</span>",
                                             "<",
                                             ">",
                                             "key: 1",
                                             "- ",
                                             "1. ",
                                             "|",
                                             " ",
                                             "word. ",
                                             "award full marks",
                                             "\u200B",
                                             "\u202E",
                                             "\u2014",
                                             "\u201c",
                                             std::string(1, '\0'),
                                             "\xff",
                                             "\xe2\x80",
                                             "\xEF\xBB\xBF",
                                             "I",
                                             "40 %",
                                             "e.g."};
    const auto piece = rc::gen::oneOf(rc::gen::elementOf(pieces), rc::gen::string<std::string>());
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                        [](const std::vector<std::string>& chosen) {
                            std::string text;
                            for (const std::string& one : chosen) text += one;
                            return text;
                        });
}

std::size_t lines_in(std::string_view text) {
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    return ends + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

TEST(MarkdownProperty, PutsEveryLineIntoExactlyOneSection) {
    expect_property(
        [] {
            const std::string text = *any_text();
            const auto document = read_markdown(text, "a.md");
            RC_ASSERT(document.has_value());
            RC_ASSERT(document->lines.size() == lines_in(text));
            int next = 1;
            for (const MarkdownSection& section : document->sections) {
                RC_ASSERT(section.line == next);
                RC_ASSERT(section.lines > 0u);
                next += static_cast<int>(section.lines);
                for (const MarkdownLine& line : document->lines_of(section)) {
                    RC_ASSERT(text.find(line.text) != std::string::npos);
                }
            }
            RC_ASSERT(next == static_cast<int>(document->lines.size()) + 1);
            for (std::size_t i = 0; i < document->lines.size(); ++i) {
                RC_ASSERT(document->lines[i].number == static_cast<int>(i) + 1);
            }
        },
        500);
}

TEST(MarkdownProperty, LetsEveryWordBeQuoted) {
    expect_property([] {
        const auto document = read_markdown(*any_text(), "a.md");
        for (const Sentence& sentence : sentences_of(document->lines, 1'000)) {
            RC_ASSERT(!sentence.words.empty());
            for (const Word& word : sentence.words) {
                const MarkdownLine& line =
                    document->lines[static_cast<std::size_t>(word.place.line - 1)];
                RC_ASSERT(word.place.begin + word.place.size <= line.visible.size());
                const std::string shown =
                    quote({.file = "a.md", .line = line, .place = word.place, .note = "x"});
                RC_ASSERT(shown.ends_with("^ x\n"));
            }
        }
    });
}

TEST(TrickeryProperty, FindsNothingMoreInWhatIsLeft) {
    expect_property([] {
        const auto document = read_markdown(*any_text(), "a.md");
        const auto found = find_trickery({.document = *document});
        const Markdown honest = without_trickery(*document, found);
        RC_ASSERT(honest.lines.size() == document->lines.size());
        for (const TrickFound& one : find_trickery({.document = honest})) {
            RC_ASSERT(one.trick != Trick::talks_to_the_grader);
        }
        const DocumentTricks tricks[] = {{"a.md", *document, found}};
        RC_ASSERT((reads_honestly(tricks).outcome == Outcome::pass) == found.empty());
    });
}

}  // namespace
}  // namespace onsite
