// Phrases in sentences, and lines quoted with a mark under what was found.
#include "harness/documents/phrases.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/unit/documents/read.hpp"

namespace onsite {
namespace {

Sentence sentence(const std::string& text) {
    auto found = sentences_of(read(text).lines, 1'000);
    return found.empty() ? Sentence{} : found.front();
}

TEST(PhrasesTest, AreFoundAsWholeWords) {
    const Sentence said = sentence("My manager disagreed, and I pushed back on the plan");
    EXPECT_EQ(find_phrase(said, "pushed back")->first, 5u);
    EXPECT_EQ(find_phrase(said, "disagree*")->words, 1u);
    EXPECT_EQ(find_phrase(said, "pushed _ on")->words, 3u);
    EXPECT_FALSE(find_phrase(said, "push back"));
    EXPECT_FALSE(find_phrase(said, "the plan was"));
    EXPECT_FALSE(find_phrase(said, "my manager", 1));
}

TEST(PhrasesTest, MayNameOtherWords) {
    const Sentence said = sentence("We were asked to wait");
    EXPECT_EQ(find_phrase(said, "i|we was|were ask*|told to")->words, 4u);
    EXPECT_EQ(find_phrase(said, "i|we")->first, 0u);
    EXPECT_FALSE(find_phrase(said, "i|us was|were"));
    EXPECT_FALSE(find_phrase(said, "we was|is"));
}

TEST(PhrasesTest, MaySkipUpToThreeWords) {
    const Sentence said = sentence("He was not at all very happy about it");
    EXPECT_EQ(find_phrase(said, "not ~ happy")->words, 5u);
    EXPECT_EQ(find_phrase(said, "was ~ not")->words, 2u);
    EXPECT_FALSE(find_phrase(said, "was ~ happy")) << "four words";
    EXPECT_FALSE(find_phrase(said, "about ~ happy"));
    EXPECT_FALSE(find_phrase(said, "it ~ it")) << "the sentence ends";
}

TEST(PhrasesTest, AreCounted) {
    constexpr std::string_view kWords[] = {"i", "i'd"};
    EXPECT_EQ(count_all(sentence("I said I'd go, and I went"), kWords), 3u);
    EXPECT_FALSE(has_any(sentence("we went"), kWords));
}

std::string quoted(std::string_view text, std::string_view phrase) {
    const Markdown document = read(text);
    const auto found = sentences_of(document.lines, 1'000);
    const Span place = place_of(found[0], *find_phrase(found[0], phrase));
    return quote({.file = "a.md", .line = document.lines[0], .place = place, .note = "why"});
}

TEST(QuoteTest, MarksTheWordsUnderTheLine) {
    EXPECT_EQ(quoted("I would usually ask.", "would usually"),
              "a.md:1: I would usually ask.\n          ^^^^^^^^^^^^^ why\n");
}

TEST(QuoteTest, CountsCharactersNotBytes) {
    EXPECT_EQ(quoted("Zürich → would ask", "would"),
              "a.md:1: Zürich → would ask\n                 ^^^^^ why\n");
}

TEST(QuoteTest, CutsALongLineAroundTheMark) {
    const std::string shown =
        quoted(std::string(50, 'a') + " " + std::string(50, 'b') + " would " + std::string(90, 'c'),
               "would");
    EXPECT_TRUE(shown.starts_with("a.md:1: ...aaaaaaaa bbbb")) << shown;
    EXPECT_NE(shown.find("ccc...\n"), std::string::npos) << shown;
}

TEST(QuoteTest, MarksUpToTheEndOfALine) {
    EXPECT_EQ(quoted("I pushed\nback", "pushed back"), "a.md:1: I pushed\n          ^^^^^^ why\n");
}

}  // namespace
}  // namespace onsite
