// Markdown documents: which line belongs to which section, and what the front matter says.
#include "harness/documents/markdown.hpp"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/documents/read.hpp"

namespace onsite {
namespace {

using ::testing::HasSubstr;

TEST(MarkdownTest, GivesEachSectionTheLinesBelowItsHeading) {
    const Markdown document = read("before\n# One\ntext\n\n## Two ##\nmore\n# Three\n");
    ASSERT_EQ(document.sections.size(), 4u);
    EXPECT_EQ(document.sections[0].level, 0);
    EXPECT_EQ(document.sections[1].title, "One");
    EXPECT_EQ(document.sections[1].line, 2);
    EXPECT_EQ(document.sections[1].lines, 3u);
    EXPECT_EQ(document.sections[2].title, "Two");
    EXPECT_EQ(document.sections[2].level, 2);
    EXPECT_EQ(document.lines_of(document.sections[2])[1].text, "more");
    EXPECT_EQ(document.lines_below(document.sections[1]).size(), 5u);
    EXPECT_EQ(document.section("three"), &document.sections[3]);
    EXPECT_EQ(document.section("four"), nullptr);
}

TEST(MarkdownTest, TakesAnUnderlinedLineForAHeading) {
    const Markdown document = read("text\nTitle\n=====\nbody\n\n| a |\n---\n");
    ASSERT_EQ(document.sections.size(), 2u);
    EXPECT_EQ(document.sections[0].lines, 1u);
    EXPECT_EQ(document.sections[1].title, "Title");
    EXPECT_EQ(document.sections[1].line, 2);
    EXPECT_EQ(document.sections[1].lines, 6u);
}

TEST(MarkdownTest, FindsNoHeadingInCode) {
    const Markdown document = read("# A\n```sh\n# not a heading\n~~~\n```\n# B\n````\n```\n# C\n");
    ASSERT_EQ(document.sections.size(), 2u);
    EXPECT_EQ(document.sections[1].title, "B");
    EXPECT_EQ(document.lines[2].kind, MarkdownKind::code);
    EXPECT_EQ(document.lines.back().kind, MarkdownKind::code) << "the fence is never closed";
}

TEST(MarkdownTest, TellsAHeadingFromAHashtag) {
    const Markdown document = read("#1 priority\n####### seven\n    # code\n   # yes\n#\n");
    ASSERT_EQ(document.sections.size(), 3u);
    EXPECT_EQ(document.sections[1].title, "yes");
    EXPECT_EQ(document.sections[2].title, "");
}

TEST(MarkdownTest, ReadsLinesOfAnySystem) {
    const Markdown document = read("\xEF\xBB\xBF# A\r\ntext\r\n");
    ASSERT_EQ(document.sections.size(), 1u);
    EXPECT_EQ(document.sections[0].title, "A");
    EXPECT_EQ(document.lines[1].text, "text");
    EXPECT_TRUE(read("").lines.empty());
    EXPECT_TRUE(read("").sections.empty());
    EXPECT_EQ(read("\n\n").lines.size(), 2u);
}

TEST(MarkdownTest, RefusesWhatIsTooLarge) {
    const auto refused = read_markdown(std::string(kMarkdownBytesMax + 1, 'a'), "design.md");
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("design.md: expected at most 1048576 bytes"));
}

TEST(FrontMatterTest, HoldsNumbersAndTexts) {
    const Markdown document = read(
        "---\nrows_per_day: 1_000_000\nqueue: \"a # b\"   # why\n# a comment\n\nlow: -5\n"
        "ratio: 0.5\nempty:\n---\n# Title\n");
    ASSERT_NE(document.field("rows_per_day"), nullptr);
    EXPECT_EQ(document.field("rows_per_day")->number, 1'000'000);
    EXPECT_EQ(document.field("rows_per_day")->line, 2);
    EXPECT_EQ(document.field("queue")->text, "a # b");
    EXPECT_EQ(document.field("low")->number, -5);
    EXPECT_EQ(document.field("ratio")->number, std::nullopt);
    EXPECT_EQ(document.field("empty")->text, "");
    EXPECT_EQ(document.field("missing"), nullptr);
    EXPECT_TRUE(document.front_matter_problems.empty());
    EXPECT_EQ(document.sections[0].lines, 9u);
    EXPECT_EQ(document.sections[1].line, 10);
}

TEST(FrontMatterTest, NamesALineThatIsNoField) {
    const Markdown document =
        read("---\na: 1\na: 2\nno colon\n- item: 1\nb: " + std::string(1'001, 'x') + "\n---\n");
    ASSERT_EQ(document.front_matter_problems.size(), 4u);
    EXPECT_EQ(document.front_matter_problems[0].message, "a was given on line 2 already");
    EXPECT_EQ(document.front_matter_problems[1].line, 4);
    EXPECT_EQ(document.front_matter_problems[2].line, 5);
    EXPECT_THAT(document.front_matter_problems[3].message, HasSubstr("at most 1000 bytes"));
    EXPECT_EQ(document.field("a")->number, 1);
}

TEST(FrontMatterTest, HasALimitedNumberOfFields) {
    std::string text = "---\n";
    for (std::size_t i = 0; i <= kFrontMatterFieldsMax; ++i) {
        text += "key" + std::to_string(i) + ": 1\n";
    }
    const Markdown document = read(text + "---\n");
    EXPECT_EQ(document.front_matter.size(), kFrontMatterFieldsMax);
    EXPECT_EQ(document.front_matter_problems.size(), 1u);
}

TEST(FrontMatterTest, IsNoneWithoutAnEndOrBehindText) {
    EXPECT_TRUE(read("---\na: 1\n# Title\n").front_matter.empty());
    EXPECT_TRUE(read("text\n---\na: 1\n---\n").front_matter.empty());
}

}  // namespace
}  // namespace onsite
