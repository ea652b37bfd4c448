// Goal: a log, a review or a witness that was removed, cut at its end or begun anew is missed; the
// chains alone show only what was changed within them. What an interruption leaves is no such
// thing: unit/attempt/witness_test, syscall_kill_test.
#include "harness/review/review_store.hpp"
#include "tests/unit/verification/tampering_fixture.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MissingTest : public TamperingTest {
protected:
    void review() {
        const ReviewEvent began{.kind = ReviewEventKind::began, .grade = 1};
        const ReviewEvent rated{.kind = ReviewEventKind::rated,
                                .criterion = "clarity",
                                .level = 2,
                                .anchors = {"greet.cpp:1"}};
        const std::vector<ReviewEvent> events = {began, rated, {ReviewEventKind::completed}};
        ASSERT_TRUE(append_review(reviews_of(attempt_.folder), "ada", events, clock_));
    }
};

TEST_F(MissingTest, TheEndOfTheLog) {
    cut(log_of(attempt_), 3);
    EXPECT_THAT(broken(), ElementsAre("witness: log.jsonl is recorded with 4 lines, found 3: its "
                                      "end was cut off"));
    // Going on from there does not hide it.
    ASSERT_TRUE(record(attempt_, {.kind = EventKind::solution_viewed}, clock_));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("log.jsonl had another line 4 before")));
}

TEST_F(MissingTest, AReviewThatIsGone) {
    review();
    EXPECT_THAT(broken(), IsEmpty());
    fs::remove_all(reviews_of(attempt_.folder));
    EXPECT_THAT(broken(), ElementsAre("witness: reviews/ada.jsonl is recorded with 3 lines, found "
                                      "no such file: it was removed"));
    review();
    EXPECT_THAT(broken(), IsEmpty()) << "the same review, to the byte";
    fs::remove_all(reviews_of(attempt_.folder));
    clock_.advance_ms(1);
    review();
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("reviews/ada.jsonl had another line 1 before")));
}

TEST_F(MissingTest, TheEndOfAReview) {
    review();
    const fs::path file = reviews_of(attempt_.folder) / "ada.jsonl";
    cut(file, 2);
    EXPECT_THAT(broken(), ElementsAre("witness: reviews/ada.jsonl is recorded with 3 lines, found "
                                      "2: its end was cut off"));
}

// No later line has the hash of the last one.
TEST_F(MissingTest, TheLastLineOfAReview) {
    review();
    cut(reviews_of(attempt_.folder) / "ada.jsonl", 2);
    fs::remove(tool() / "witness.jsonl");
    forge_witness();
    edit(reviews_of(attempt_.folder) / "ada.jsonl", "\"level\":2", "\"level\":4");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("reviews/ada.jsonl: line 2 is not the one that was "
                                                "recorded")));
}

TEST_F(MissingTest, TheWitness) {
    review();
    cut(tool() / "witness.jsonl", 2);
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("log.jsonl has 4 lines, recorded are 2: the end of "
                                                "witness.jsonl was cut off"),
                                      HasSubstr("reviews/ada.jsonl has 3 lines, recorded are 0")));
    fs::remove(tool() / "witness.jsonl");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("expected witness.jsonl beside the log, found "
                                                "none")));
}

TEST_F(MissingTest, EveryByteOfTheWitnessCounts) {
    const fs::path file = tool() / "witness.jsonl";
    const std::string whole = testing::read_text(file);
    for (std::size_t at = 0; at + 1 < whole.size(); at += 7) {
        std::string edited = whole;
        edited[at] = edited[at] == '0' ? '1' : '0';
        if (edited == whole) continue;
        testing::write_text(file, edited);
        EXPECT_FALSE(broken().empty()) << "byte " << at << ": " << edited;
    }
}

}  // namespace
}  // namespace onsite
