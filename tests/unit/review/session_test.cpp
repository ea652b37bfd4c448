// Goal: a reviewer gets through the rubric with digits and a few letters, no level is taken without
// what it rests on, and no line, whatever it holds, does anything else.
#include "harness/review/session.hpp"

#include <rapidcheck/gtest.h>

#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using Then = SessionStep::Then;

class SessionTest : public ReviewFixture {
protected:
    // Feeds a line and keeps what it brought, as the command does.
    SessionStep type(std::string_view line) {
        SessionStep step = session_.take(line);
        for (const ReviewEvent& event : step.events) {
            review_ = next_review(review_, event).value();
        }
        session_.accept(review_);
        return step;
    }
    const Ballot& ballot() const { return review_.current().ballot; }

    Review review_ = review_of("ada", {began()});
    ReviewSession session_{{.card = small_card(),
                            .places = places(),
                            .snippets = {{"short", "functions are short"}},
                            .style = {}},
                           review_};
};

TEST_F(SessionTest, BeginsAtWhatNeedsAPerson) {
    EXPECT_THAT(session_.criterion(), HasSubstr("clear: Is clear to read"));
    EXPECT_THAT(session_.criterion(), HasSubstr("greets nearly everybody"));
}

TEST_F(SessionTest, TakesLevelAnchorAndCommentInOneLine) {
    type("3 greet.cpp:1 case:says_hello good names, :short");
    const PersonRating& rating = ballot().ratings.at("clear");
    EXPECT_EQ(rating.level, 3);
    EXPECT_THAT(rating.anchors, ElementsAre("greet.cpp:1", "case:says_hello"));
    EXPECT_EQ(rating.comment, "good names, functions are short");
}

TEST_F(SessionTest, AsksForTheAnchorThatADigitAloneDoesNotBring) {
    EXPECT_THAT(type("2").events, IsEmpty());
    EXPECT_THAT(session_.prompt(), HasSubstr("anchor"));
    EXPECT_THAT(type("").message, HasSubstr("no level without an anchor"));
    type("2");
    type("greet.cpp:2 bolted on");
    EXPECT_EQ(ballot().ratings.at("clear").comment, "bolted on");
}

TEST_F(SessionTest, OffersTheChecksAsAnchorsOfWhatTheyDecided) {
    type("g polite");
    type("4");
    EXPECT_THAT(session_.prompt(), HasSubstr("case:says_hello case:says_goodbye"));
    type("");
    EXPECT_THAT(ballot().ratings.at("polite").anchors, SizeIs(2));
}

TEST_F(SessionTest, WantsAWordOfWhyForAnotherLevelThanTheChecks) {
    type("g polite");
    EXPECT_THAT(type("2 case:says_hello").message, HasSubstr("the checks found level 4"));
    EXPECT_THAT(type("2 case:says_hello greets rudely").events, SizeIs(1));
}

TEST_F(SessionTest, RefusesWhatWasNotAskedOfTheCandidate) {
    type("g many");
    EXPECT_THAT(type("4 greet.cpp:1").message, HasSubstr("was not asked"));
    EXPECT_THAT(type("4").message, HasSubstr("was not asked"));
}

TEST_F(SessionTest, RefusesWrongLevelsAndAnchors) {
    for (const char* line :
         {"0 greet.cpp:1", "5 greet.cpp:1", "9", "3 greet.cpp:77", "3 no anchor but a comment"}) {
        EXPECT_THAT(type(line).events, IsEmpty()) << line;
    }
    EXPECT_THAT(ballot().ratings, IsEmpty());
}

TEST_F(SessionTest, IsCompleteOnlyWhenEverythingIsRated) {
    EXPECT_THAT(type("done").message, HasSubstr("still to rate"));
    EXPECT_THAT(type("3 greet.cpp:1").message, HasSubstr("everything that needs a person"));
    const SessionStep step = type("done");
    EXPECT_EQ(step.then, Then::leave);
    EXPECT_TRUE(review_.current().is_complete);
}

TEST_F(SessionTest, AHireSignalNeedsAReason) {
    EXPECT_THAT(type("signal yes").message, HasSubstr("needs a reason"));
    EXPECT_THAT(type("signal maybe because of it").message, HasSubstr("strong_no"));
    type("signal strong_yes because the tests are good");
    EXPECT_EQ(ballot().signal->signal, HireSignal::strong_yes);
    EXPECT_EQ(ballot().signal->because, "the tests are good");
}

TEST_F(SessionTest, GoesBackAndToANameAndSaysWhatItKnows) {
    type("b");
    EXPECT_THAT(session_.criterion(), HasSubstr("many"));
    EXPECT_THAT(type("g nowhere").message, HasSubstr("polite, many, clear"));
    EXPECT_THAT(type("hello").message, HasSubstr("is no command"));
    EXPECT_THAT(type("?").message, HasSubstr("next ungraded"));
    EXPECT_EQ(type("d").then, Then::show_difference);
    EXPECT_EQ(type("c").then, Then::show_disagreements);
    EXPECT_EQ(type("q").then, Then::leave);
}

TEST_F(SessionTest, ContinuesWhereItWasLeft) {
    type("3 greet.cpp:1");
    const ReviewSession again(
        {.card = small_card(), .places = places(), .snippets = {}, .style = {}}, review_);
    EXPECT_EQ(still_to_rate(small_card(), review_.current().ballot).size(), 0u);
    EXPECT_THAT(again.criterion(), HasSubstr("polite"));
}

// Whatever is typed, no message drives the terminal, and only whole events come out.
RC_GTEST_FIXTURE_PROP(SessionTest, AnyLineIsAnsweredAndNoneDrivesTheTerminal, ()) {
    const auto lines = *rc::gen::container<std::vector<std::string>>(rc::gen::oneOf(
        rc::gen::arbitrary<std::string>(),
        rc::gen::element<std::string>("3", "", "1 greet.cpp:1", "done", "signal yes \x1b[2J",
                                      "g \x1b]0;x\x07", "2 \xff\xfe:3 \xc2\x9b")));
    for (const std::string& line : lines) {
        const SessionStep step = type(line);
        for (const char c : step.message + session_.criterion() + session_.prompt()) {
            RC_ASSERT(static_cast<unsigned char>(c) >= 0x20 || c == '\n');
            RC_ASSERT(c != '\x7f');
        }
        for (const ReviewEvent& event : step.events) {
            RC_ASSERT(event.kind != ReviewEventKind::rated || !event.anchors.empty());
        }
    }
}

}  // namespace
}  // namespace onsite::testing
