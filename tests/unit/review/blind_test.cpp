// Goal: nothing that names the candidate gets to a blind reviewer, and lines stay where they are.
#include "harness/review/blind.hpp"

#include <rapidcheck/gtest.h>

#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const Blindfold kBlindfold({"greeting-2", "/home/ada/attempts/greeting-2", "ada", "Al"});

TEST(BlindfoldTest, HidesNamesFoldersAddressesAndMoments) {
    const std::string hidden = kBlindfold.hide(
        "// in /home/ada/attempts/greeting-2 by ADA <ada.l@example.org>, 2026-03-01T10:11:12Z\n");
    for (const char* part : {"ada", "ADA", "greeting-2", "example.org", "10:11", "2026"}) {
        EXPECT_THAT(hidden, Not(HasSubstr(part)));
    }
}

TEST(BlindfoldTest, HidesSignaturesButNotTheProgram) {
    EXPECT_EQ(kBlindfold.hide("// Author: Somebody Else"), "// Author [hidden]");
    EXPECT_EQ(kBlindfold.hide(" * @author Somebody"), " * @author [hidden]");
    EXPECT_EQ(kBlindfold.hide("# Copyright (c) 2026 Somebody"), "# Copyright [hidden]");
    EXPECT_EQ(kBlindfold.hide("Signed-off-by: Somebody"), "Signed-off-by [hidden]");
    EXPECT_EQ(kBlindfold.hide("    authorize(payment);"), "    authorize(payment);");
    EXPECT_EQ(kBlindfold.hide("@dataclass\nclass A:"), "@dataclass\nclass A:");
    EXPECT_EQ(kBlindfold.hide("a @ b"), "a @ b");
}

TEST(BlindfoldTest, TakesNoWordThatWouldHideHalfTheProgram) {
    EXPECT_EQ(kBlindfold.hide("Also: all"), "Also: all");
}

TEST(BlindfoldTest, HidesNothingWhenItIsOff) {
    EXPECT_EQ(Blindfold().hide("// Author: ada"), "// Author: ada");
}

TEST(BlindfoldTest, AScorecardKeepsItsMinutesAndLosesItsName) {
    const Scorecard before = small_card();
    const Scorecard hidden = kBlindfold.hide(before);
    EXPECT_THAT(hidden.facts.attempt, ::testing::StartsWith("attempt-"));
    EXPECT_THAT(hidden.facts.replay, Not(HasSubstr("greeting-2")));
    EXPECT_EQ(hidden.facts.started_at_ms, 0);
    EXPECT_EQ(hidden.facts.minutes_used(), before.facts.minutes_used());
    EXPECT_EQ(hidden.facts.attempt, kBlindfold.hide(before).facts.attempt) << "stable";
}

RC_GTEST_PROP(BlindfoldProperty, NoHiddenWordIsLeftAndNoLineMoves, ()) {
    const auto piece = rc::gen::oneOf(
        rc::gen::element<std::string>("ada", "greeting-2", "\n", "@", "a@b.c", "Author: x", "// "),
        rc::gen::arbitrary<std::string>());
    std::string text;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) {
        text += part;
    }
    const std::string hidden = kBlindfold.hide(text);
    RC_ASSERT(hidden.find("ada") == hidden.npos);
    RC_ASSERT(hidden.find("greeting-2") == hidden.npos);
    RC_ASSERT(count_of("\n", hidden) == count_of("\n", text));
}

}  // namespace
}  // namespace onsite::testing
