// Goal: what a person can say in a conversation, a script can say as options; all of it or nothing.
#include "harness/review/form.hpp"

#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class FormTest : public ReviewFixture {
protected:
    Result<std::vector<ReviewEvent>> events(const ReviewForm& form) const {
        return events_of_form(form, small_card(), review_of("ada", {began()}), places(),
                              {{"short", "functions are short"}});
    }
    std::string refusal(const ReviewForm& form) const {
        const auto found = events(form);
        return found ? "" : found.error().message;
    }
};

TEST_F(FormTest, AWholeReviewIsOneCommand) {
    const auto found = events({.levels = {"clear=3"},
                               .anchors = {"clear=greet.cpp:1", "clear=event:2"},
                               .comments = {"clear=:short = good"},
                               .signal = "yes",
                               .because = "would work with",
                               .is_done = true});
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_THAT(*found, SizeIs(3));
    EXPECT_THAT((*found)[0].anchors, ElementsAre("greet.cpp:1", "event:2"));
    EXPECT_EQ((*found)[0].comment, "functions are short = good");
    EXPECT_EQ((*found)[1].kind, ReviewEventKind::signalled);
    EXPECT_EQ((*found)[2].kind, ReviewEventKind::completed);
}

TEST_F(FormTest, RefusesWhatIsIncomplete) {
    EXPECT_THAT(refusal({.levels = {"clear=3"}}), HasSubstr("needs an anchor"));
    EXPECT_THAT(refusal({.anchors = {"clear=greet.cpp:1"}}), HasSubstr("--set clear=LEVEL"));
    EXPECT_THAT(refusal({.levels = {"clear"}}), HasSubstr("CRITERION=VALUE"));
    EXPECT_THAT(refusal({.levels = {"clear=good"}}), HasSubstr("a level from 1 to 4"));
    EXPECT_THAT(refusal({.levels = {"nobody=3"}}), HasSubstr("polite, many, clear"));
    EXPECT_THAT(refusal({.because = "no signal"}), HasSubstr("strong_no"));
    EXPECT_THAT(refusal({.is_done = true}), HasSubstr("still to rate"));
}

// Whatever the section, its files have other names.
TEST_F(FormTest, NamesNoFileThatTheAttemptMayNotHave) {
    const std::string forms = "FILE:LINE, case:NAME, event:N or minute:N";
    EXPECT_THAT(refusal({.levels = {"clear=3"}}), EndsWith("needs an anchor: " + forms));
    EXPECT_THAT(refusal({.levels = {"clear=3"}, .anchors = {"clear=nice"}}),
                AllOf(HasSubstr(forms), EndsWith("found \"nice\"")));
}

TEST_F(FormTest, RefusesACommentWithoutEnd) {
    EXPECT_THAT(refusal({.levels = {"clear=3"},
                         .anchors = {"clear=greet.cpp:1"},
                         .comments = {"clear=" + std::string(kCommentBytesMax + 1, 'x')}}),
                HasSubstr("at most 4000 bytes"));
}

}  // namespace
}  // namespace onsite::testing
