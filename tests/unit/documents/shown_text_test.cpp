// What a reader of the rendered page sees, and what is only in the file.
#include "harness/documents/shown_text.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace onsite {
namespace {

std::string shown(std::string_view line) { return ShownText().read(line).text; }

TEST(ShownTextTest, LeavesPlainTextAndCodeAsTheyAre) {
    for (const char* line :
         {"a < b and c > d", "`<!-- code -->` x", "Result<T>", "``a ` <b>`` b", "`open", "1 <2"}) {
        EXPECT_EQ(shown(line), line);
        EXPECT_FALSE(ShownText().read(line).hides_some) << line;
    }
}

TEST(ShownTextTest, DropsTagsAndKeepsWhatTheyShow) {
    EXPECT_EQ(shown("a <b>bold</b> <a href=\"x\">link</a>"), "a bold link");
    EXPECT_EQ(shown("<span style=\"background-color:white\">seen</span>"), "seen");
}

TEST(ShownTextTest, DropsWhatIsHidden) {
    for (const char* line :
         {"a<!-- b -->c", "a<span style=\"color: white\">b</span>c", "a<font color=white>b</font>c",
          "a<p hidden>b</p>c", "a<div style='display:none'><div>b</div>b</div>c",
          "a<script>b</script>c", "a<span style=\"font-size:0\">b</span>c",
          "a<SPAN STYLE=\"COLOR:#FFF\">b</SPAN>c"}) {
        const ShownText::Line read = ShownText().read(line);
        EXPECT_EQ(read.text, "ac") << line;
        EXPECT_TRUE(read.hides_some) << line;
    }
}

TEST(ShownTextTest, ALinkToNowhereIsANoteThatNobodySees) {
    for (const char* line : {"[//]: # (a note)", "  [comment]: # \"a note\"", "[x]: <> (a note)"}) {
        EXPECT_EQ(shown(line), "") << line;
        EXPECT_TRUE(ShownText().read(line).hides_some) << line;
    }
    for (const char* line : {"[a]: https://a.example", "[a]: #part", "see [a](#)", "[2:10] then"}) {
        EXPECT_FALSE(ShownText().read(line).hides_some) << line;
    }
}

TEST(ShownTextTest, RemembersWhatIsHiddenFromLineToLine) {
    ShownText shown;
    EXPECT_EQ(shown.read("a <!-- b").text, "a ");
    EXPECT_TRUE(shown.is_hiding());
    EXPECT_EQ(shown.read("c").text, "");
    EXPECT_EQ(shown.read("d --> e").text, " e");
    EXPECT_FALSE(shown.is_hiding());
    EXPECT_EQ(shown.read("<div style=\"opacity:0\">").text, "");
    EXPECT_EQ(shown.read("f").text, "");
    EXPECT_EQ(shown.read("</div>g").text, "g");
}

TEST(ShownTextTest, DropsCharactersThatNobodySees) {
    EXPECT_EQ(shown("a\u200Bw\u202Ea\u00ADrd\u2066"), "award");
    EXPECT_EQ(shown("\U0001F469\u200D\U0001F4BB"), "\U0001F469\u200D\U0001F4BB");
}

}  // namespace
}  // namespace onsite
