// What a person reads of a failure: two different ids must look different, and the row that is at
// fault must be found at a glance.

#include "exercises/1-reconciliation/checks/words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace onsite::reconciliation {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(WordsTest, PlainTextIsShownAsItIs) {
    EXPECT_EQ(shown("t1"), "t1");
    EXPECT_EQ(shown("-12.34"), "-12.34");
}

TEST(WordsTest, EverythingElseIsQuotedAndEscaped) {
    EXPECT_EQ(shown(""), "\"\"");
    EXPECT_EQ(shown(" t1"), "\" t1\"");
    EXPECT_EQ(shown("a\"b\\c"), R"("a\"b\\c")");
    EXPECT_EQ(shown("a\nb"), R"("a\u{a}b")");
    EXPECT_EQ(shown("\x1b[31m"), R"("\u{1b}[31m")");
    EXPECT_EQ(shown(std::string("a\0", 2)), R"("a\u{0}")");
    EXPECT_EQ(shown("e\u0301"), R"("e\u{301}")") << "not the same as \u00e9";
    EXPECT_EQ(shown("\U0001f600"), R"("\u{1f600}")");
    EXPECT_EQ(shown("\xff"), R"("\u{ff}")") << "a stray byte";
    EXPECT_EQ(shown("\xe2\x82"), R"("\u{e2}\u{82}")") << "half a character";
}

TEST(WordsTest, LongTextIsCutAndTellsItsLength) {
    std::string text(10'001, 'x');
    text.back() = 'y';
    EXPECT_EQ(shown(text), "\"xxxxxxxxxxxxxxxx...xxxxxxxy\"(10001 bytes)");
    std::string accents;
    for (int i = 0; i < 100; ++i) accents += "\u00e9";
    EXPECT_THAT(shown(accents), Not(HasSubstr("c3"))) << "no character is cut in two";
}

TEST(WordsTest, MismatchNamesBothSidesOfTheSameThing) {
    const Findings expected = {discrepancy({"t1", 1, "USD"}, {"t1", 2, "USD"})};
    const Findings found =
        sorted({unmatched(Side::ledger, {"t1", 1, "USD"}), unmatched(Side::bank, {"t1", 2, "USD"}),
                unmatched(Side::bank, {"t9", 9, "USD"})});
    EXPECT_EQ(in_words(first_mismatch(difference(expected, found))),
              "expected ledger t1 1 USD, bank t1 2 USD: amount differs, found ledger only  t1 1 "
              "USD; bank only  t1 2 USD, and 1 more difference");
    EXPECT_EQ(
        in_words(first_mismatch(difference({}, {rejected(Side::bank, 3, RejectReason::bad_id)}))),
        "expected nothing, found bank row 3 rejected: bad_id");
}

TEST(WordsTest, StoryShowsTheSmallestFeedsAndMarksTheFault) {
    const Question question{.op = Op::reconcile,
                            .ledger = {{"t1", "100", "USD"}},
                            .bank = {{"t1", "100", "USD"}, {"t2", "150", "USD"}}};
    const Difference lost = difference({unmatched(Side::bank, {"t2", 150, "USD"})}, {});
    EXPECT_EQ(story_of(question, lost),
              "ledger                   bank\n"
              "      1  t1  100  USD          1  t1  100  USD\n"
              "                         >     2  t2  150  USD\n"
              "\n"
              "expected  bank only  t2 150 USD\n"
              "found     nothing\n");
}

TEST(WordsTest, StoryOfLongFeedsKeepsTheMarkedRows) {
    Question question;
    for (int i = 1; i <= 500; ++i) {
        question.ledger.push_back({"t" + std::to_string(i), "1", "USD"});
    }
    const Difference lost = difference({unmatched(Side::ledger, {"t499", 1, "USD"})}, {});
    const std::string story = story_of(question, lost);
    EXPECT_THAT(story, HasSubstr(">   499  t499"));
    EXPECT_THAT(story, HasSubstr("... 488 more rows"));
    EXPECT_THAT(story, HasSubstr("(no rows)"));
}

}  // namespace
}  // namespace onsite::reconciliation
