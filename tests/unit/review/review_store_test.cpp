// Goal: a rating that was acknowledged is there after any interruption, and one that was changed
// afterwards is noticed.
#include <nlohmann/json.hpp>
#include <rapidcheck/gtest.h>

#include "harness/attempt/witness.hpp"
#include "tests/unit/review/review_fixture.hpp"

namespace onsite::testing {
namespace {

using ::testing::HasSubstr;

class ReviewStoreTest : public ReviewFixture {
protected:
    std::filesystem::path log() const { return reviews() / "ada.jsonl"; }
};

TEST_F(ReviewStoreTest, KeepsWhatWasSaid) {
    ASSERT_TRUE(append("ada", {began(), rated(3)}));
    clock_.advance_ms(1000);
    ASSERT_TRUE(append("ada", {rated(2), completed()}));
    const auto review = load_review(reviews(), "ada");
    ASSERT_TRUE(review) << review.error().message;
    EXPECT_EQ(review->current().ballot.ratings.at("clear").level, 2) << "the latest counts";
    EXPECT_TRUE(review->current().is_complete);
    EXPECT_EQ(load_reviews(reviews())->size(), 1u);
}

TEST_F(ReviewStoreTest, IsOnlyEverAppendedTo) {
    ASSERT_TRUE(append("ada", {began(), rated(3)}));
    const std::string before = read_text(log());
    ASSERT_TRUE(append("ada", {rated(1)}));
    EXPECT_THAT(read_text(log()), ::testing::StartsWith(before));
}

TEST_F(ReviewStoreTest, IsWholeWhereverAWriteWasCutOff) {
    ASSERT_TRUE(append("ada", {began(), rated(3)}));
    const std::string whole = read_text(log());
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        write_text(log(), whole.substr(0, length));
        const auto lines = count_of("\n", whole.substr(0, length));
        const auto torn = load_review(reviews(), "ada");
        ASSERT_TRUE(torn) << torn.error().message;
        EXPECT_EQ(torn->has_begun(), lines >= 1);
        const auto next = lines == 0 ? append("ada", {began()}) : append("ada", {rated(4)});
        ASSERT_TRUE(next) << next.error().message;
        EXPECT_EQ(count_of("\n", read_text(log())), lines + 1) << "cut at " << length;
    }
}

TEST_F(ReviewStoreTest, NoticesALineThatWasChangedTakenOutOrPutIn) {
    ASSERT_TRUE(append("ada", {began(), rated(3), completed()}));
    const std::string good = read_text(log());
    const std::size_t second = good.find('\n') + 1;
    const std::size_t third = good.find('\n', second) + 1;
    std::string changed = good;
    changed.replace(changed.find("\"level\":3"), 9, "\"level\":4");
    for (const std::string& bad :
         {changed, good.substr(0, second) + good.substr(third), good + good.substr(second)}) {
        write_text(log(), bad);
        const auto review = load_review(reviews(), "ada");
        ASSERT_FALSE(review) << bad;
        EXPECT_THAT(review.error().message, HasSubstr("line"));
        EXPECT_FALSE(append("ada", {rated(1)}));
    }
}

// Killed between the two writes, after any of its lines: the rating is there, nothing looks forged.
TEST_F(ReviewStoreTest, AnInterruptionBeforeTheWitnessIsNoForgery) {
    const std::filesystem::path tool = reviews().parent_path();
    for (const ReviewEvent& event : {began(), rated(3), completed(), rated(2)}) {
        const auto before = has_witness(tool) ? read_text(tool / "witness.jsonl") : "";
        const auto review = append("ada", {event});
        ASSERT_TRUE(review) << review.error().message;
        const std::string after = read_text(tool / "witness.jsonl");
        write_text(tool / "witness.jsonl", before);
        const auto found =
            contradictions_of_witness(tool, {"reviews/ada.jsonl"}, Witnessing::from_the_start);
        EXPECT_THAT(found.value(), ::testing::IsEmpty());
        EXPECT_EQ(load_review(reviews(), "ada").value(), *review);
        write_text(tool / "witness.jsonl", after);
    }
}

TEST_F(ReviewStoreTest, RefusesNamesThatAreNoFileNames) {
    for (const char* name : {"", "../ada", "a/b", "ada lovelace", ".ada", "a\nb"}) {
        EXPECT_FALSE(append(name, {began()})) << name;
    }
    EXPECT_FALSE(append(std::string(kReviewerNameMax + 1, 'a'), {began()}));
}

TEST_F(ReviewStoreTest, WritesNothingWhenOneEventCannotFollow) {
    EXPECT_FALSE(append("ada", {rated(3)}));
    EXPECT_FALSE(append("ada", {began(), began(2)}));
    EXPECT_EQ(read_text(log()), "");
}

TEST(ReviewFoldTest, AVoteAfterTheRevealIsMarkedAndLeavesTheIndependentOneAlone) {
    const Review review = review_of("ada", {began(), rated(3), completed(), revealed(), rated(2)});
    EXPECT_TRUE(review.first().ballot.ratings.at("clear").is_revote);
    EXPECT_EQ(review.first().ballot.ratings.at("clear").level, 2);
    EXPECT_EQ(review.first().independent.ratings.at("clear").level, 3);
}

TEST(ReviewFoldTest, ASecondRoundBeginsEmpty) {
    const Review review = review_of("ada", {began(), rated(3), completed(), began(2)});
    EXPECT_TRUE(review.current().ballot.ratings.empty());
    EXPECT_EQ(review.first().ballot.ratings.at("clear").level, 3);
}

RC_GTEST_PROP(ReviewEventProperty, ComesBackAsItWasWritten, ()) {
    ReviewEvent event = rated(*rc::gen::inRange(1, 5));
    event.at_ms = *rc::gen::inRange<std::int64_t>(0, 253'402'300'799'999);
    event.comment = *rc::gen::container<std::string>(rc::gen::inRange('\x20', '\x7f'));
    nlohmann::json json = to_json(event);
    json["after"] = "";
    const auto back = review_event_from_json(json, "line 1");
    RC_ASSERT(back.has_value());
    RC_ASSERT(*back == event);
}

}  // namespace
}  // namespace onsite::testing
