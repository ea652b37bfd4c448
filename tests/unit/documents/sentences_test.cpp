// Where sentences begin and end, and what counts as a word of one.
#include "harness/documents/sentences.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/documents/read.hpp"

namespace onsite {
namespace {

using ::testing::ElementsAre;

// Each sentence as its words in one line.
std::vector<std::string> sentences(std::string_view text) {
    std::vector<std::string> shown;
    for (const Sentence& sentence : sentences_of(read(text).lines, 1'000)) {
        shown.emplace_back();
        for (const Word& word : sentence.words) {
            shown.back() += (shown.back().empty() ? "" : " ") + word.text;
        }
    }
    return shown;
}

TEST(SentencesTest, EndAtAFullStopNotAtALineEnd) {
    EXPECT_THAT(sentences("We lost\nmoney. I said \"stop!\" Then (late) it\nworked.\n\nEnd"),
                ElementsAre("we lost money", "i said stop", "then late it worked", "end"));
}

TEST(SentencesTest, GoOnBehindAnAbbreviation) {
    EXPECT_THAT(
        sentences("Keys, e.g. order ids, vs. none. At 2 a.m. the pager rang at 3 p.m. I rose."),
        ElementsAre("keys e.g order ids vs none", "at 2 a.m the pager rang at 3 p.m", "i rose"));
}

TEST(SentencesTest, KeepNumbersWithTheirUnits) {
    EXPECT_THAT(sentences("From 3.5 % to $1,200.50 (p99: 250ms), ~40\u00a0% less."),
                ElementsAre("from 3.5 % to $1,200.50 p99 250ms 40 % less"));
}

TEST(SentencesTest, AreItemsRowsAndHeadings) {
    EXPECT_THAT(
        sentences("## Title here\n- first\n- second one\n  goes on\n1. third\n| a | b |\n| c |\n"),
        ElementsAre("title here", "first", "second one goes on", "third", "a b", "c"));
    EXPECT_THAT(sentences("2021. A year"), ElementsAre("2021", "a year"));
}

TEST(SentencesTest, LoseMarksAroundWordsOnly) {
    EXPECT_THAT(sentences("**Result:** it\u2019s \u201cdone\u201d\u2014I\u2019d say; _really_"),
                ElementsAre("result it's done i'd say really"));
}

TEST(SentencesTest, KnowTheirPlace) {
    const Markdown document = read("# T\n\nOne *two*\nthree?");
    const auto found = sentences_of(document.lines, 1'000);
    ASSERT_EQ(found.size(), 2u);
    ASSERT_EQ(found[1].words.size(), 3u);
    EXPECT_TRUE(found[1].ends_in_question_mark);
    EXPECT_EQ(found[1].words[1].place.line, 3);
    EXPECT_EQ(found[1].words[1].place.begin, 5u);
    EXPECT_EQ(found[1].words[1].place.size, 3u);
    EXPECT_EQ(found[1].words[2].place.line, 4);
}

TEST(SentencesTest, AreLimited) {
    const Markdown document = read("a b c d. e f");
    EXPECT_EQ(sentences_of(document.lines, 5).back().words.size(), 1u);
    const Markdown wide = read(std::string(1'000, 'x'));
    EXPECT_EQ(sentences_of(wide.lines, 5)[0].words[0].text.size(), kWordBytesMax);
}

}  // namespace
}  // namespace onsite
