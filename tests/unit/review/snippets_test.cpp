// Goal: comments are typed once. A word that is no snippet stays what it is.
#include "harness/review/snippets.hpp"

#include "harness/review/parts.hpp"
#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

TEST(SnippetsTest, StandForTheirTextAsWords) {
    const Snippets snippets = {{"names", "names come from the brief"}, {"n", "no"}};
    EXPECT_EQ(with_snippets(":names", snippets), "names come from the brief");
    EXPECT_EQ(with_snippets("yes, :names.", snippets), "yes, names come from the brief.");
    EXPECT_EQ(with_snippets(":id and a:names and 10:30", snippets), ":id and a:names and 10:30");
    EXPECT_EQ(with_snippets("", snippets), "");
}

TEST_F(ReviewFixture, SnippetsAreReadFromLines) {
    const auto file = folder_.path() / "snippets";
    write_text(file, "# mine\n\nnames: good: names\n  long-one :  text \n");
    const auto snippets = load_snippets(file);
    ASSERT_TRUE(snippets) << snippets.error().message;
    EXPECT_EQ(*snippets, (Snippets{{"names", "good: names"}, {"long-one", "text"}}));
    EXPECT_TRUE(load_snippets(folder_.path() / "none")->empty());
}

TEST_F(ReviewFixture, ABadSnippetIsNamedByItsLine) {
    const auto file = folder_.path() / "snippets";
    write_text(file, "good: text\nno colon here\n");
    EXPECT_THAT(load_snippets(file).error().message, HasSubstr("line 2"));
}

TEST(TimedPartsTest, GoFromFollowUpToFollowUpAndEndWithTheGrade) {
    const std::vector<Event> events = {{.kind = EventKind::started, .at_ms = 1000},
                                       {.kind = EventKind::hint, .at_ms = 2000, .number = 1},
                                       {.kind = EventKind::followup, .at_ms = 61'000, .number = 1},
                                       {.kind = EventKind::graded, .at_ms = 91'000, .number = 1},
                                       {.kind = EventKind::graded, .at_ms = 991'000, .number = 2}};
    EXPECT_EQ(timed_parts(events, 1),
              (std::vector<TimedPart>{{"the brief", 60'000}, {"follow-up 1", 30'000}}));
    EXPECT_TRUE(timed_parts({}, 1).empty());
}

TEST(TimedPartsTest, AreNeverNegativeWhenTheClockWasSetBack) {
    const std::vector<Event> events = {{.kind = EventKind::started, .at_ms = 5000},
                                       {.kind = EventKind::followup, .at_ms = 1000, .number = 1},
                                       {.kind = EventKind::graded, .at_ms = 3000, .number = 1}};
    for (const TimedPart& part : timed_parts(events, 1)) EXPECT_GE(part.duration_ms, 0);
}

}  // namespace
}  // namespace onsite::testing
