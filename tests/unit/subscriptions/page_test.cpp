#include "exercises/3-subscriptions/checks/page.hpp"

#include <gtest/gtest.h>

#include "base/ascii.hpp"
#include "tests/support/subscription_documents.hpp"

namespace onsite::subscriptions {
namespace {

TEST(PageTest, SectionsEndAtTheNextHeading) {
    const Page page = read_page("before\n# One\na\n## Two\nb\nc\r\n# Three");
    ASSERT_EQ(page.sections.size(), 3u);
    EXPECT_EQ(page.sections[0].title, "One");
    EXPECT_EQ(page.sections[1].level, 2);
    EXPECT_EQ(page.sections[1].line, 4);
    ASSERT_EQ(page.sections[1].lines.size(), 2u);
    EXPECT_EQ(page.sections[1].lines[1].text, "c");
    EXPECT_EQ(page.sections[1].lines[1].number, 6);
    EXPECT_EQ(sections_below(page, page.sections[0]).size(), 1u);
    EXPECT_TRUE(sections_below(page, page.sections[2]).empty());
}

TEST(PageTest, HeadingsInBlocksAreCode) {
    const Page page = read_page("# One\n````Machine\n# a comment\n```\n````\n## Two\n");
    ASSERT_EQ(page.blocks.size(), 1u);
    EXPECT_EQ(page.blocks[0].lines.size(), 2u);
    EXPECT_EQ(page.sections.size(), 2u);
    EXPECT_NE(find_block(page, "machine"), nullptr);
    EXPECT_EQ(find_block(page, "sums"), nullptr);
}

TEST(PageTest, WhatIsHiddenIsNotRead) {
    const Page page = read_page("# One\nseen <!-- not\n# seen\n```machine\n--> again\n");
    ASSERT_EQ(page.sections.size(), 1u);
    EXPECT_TRUE(page.blocks.empty());
    EXPECT_EQ(trimmed(page.sections[0].lines.front().text), "seen");
    EXPECT_EQ(trimmed(page.sections[0].lines.back().text), "again");
}

TEST(PageTest, QuotedLinesAreHarmlessAndShort) {
    EXPECT_EQ(quoted_line("a.md", 7, "  x: 1\r"), "a.md:7: x: 1");
    EXPECT_EQ(quoted_line("a.md", 7, "\x1b[2J").find('\x1b'), std::string::npos);
    EXPECT_LT(quoted_line("a.md", 7, std::string(10'000, 'x')).size(), 200u);
}

}  // namespace
}  // namespace onsite::subscriptions
