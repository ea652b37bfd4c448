// Goal: every way to edit an attempt after the fact is found and told in one sentence: points, the
// scorecard, verdicts, the rubric, the clock, files after the time, a grade of other files (T47,
// T48); and an attempt that nobody touched holds. Method: a sealed and graded attempt, one edit.
#include "tests/unit/verification/tampering_fixture.hpp"

namespace onsite {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(TamperingTest, AnAttemptThatNobodyTouchedHolds) { EXPECT_THAT(broken(), IsEmpty()); }

TEST_F(TamperingTest, EveryByteOfTheLogCounts) {
    const std::string whole = testing::read_text(log_of(attempt_));
    for (std::size_t at = 0; at + 1 < whole.size(); at += 7) {
        std::string edited = whole;
        edited[at] = edited[at] == '0' ? '1' : '0';
        if (edited == whole) continue;
        testing::write_text(log_of(attempt_), edited);
        EXPECT_FALSE(broken().empty()) << "byte " << at << ": " << edited;
    }
}

TEST_F(TamperingTest, PointsInTheLog) {
    forge_log("\"earned\":0", "\"earned\":60");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("the log says 60 of 60 points, the verdicts give "
                                                "0 of 60")));
}

TEST_F(TamperingTest, TheScorecard) {
    edit(tool() / "grades" / "1" / "scorecard.json", "\"earned\": 0", "\"earned\": 60");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 1: scorecard.json was recorded with")));
}

TEST_F(TamperingTest, TheVerdicts) {
    edit(tool() / "grades" / "1" / "verdicts.jsonl", "found nothing", "found hello");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 1: verdicts.jsonl was recorded with")));
}

// Hashes in the log and all: the scorecard does not follow from the verdicts.
TEST_F(TamperingTest, TheScorecardAndItsHash) {
    const fs::path card = tool() / "grades" / "1" / "scorecard.json";
    const std::string before = sha256_hex(testing::read_text(card));
    edit(card, "\"hints_used\": 0", "\"hints_used\": 0 ");
    forge_log(before, sha256_hex(testing::read_text(card)));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("scorecard.json is not what the verdicts and the "
                                                "rubric give")));
}

TEST_F(TamperingTest, AGradeThatIsGone) {
    fs::remove_all(tool() / "grades" / "1");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 1")));
}

TEST_F(TamperingTest, AGradeOfAnotherAttempt) {
    fs::rename(attempt_.folder, repository_.attempts() / "greeting-7");
    attempt_.folder = repository_.attempts() / "greeting-7";
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("expected a grade of greeting-7")));
}

TEST_F(TamperingTest, ARubricThatWasEditedUnderTheSameVersion) {
    rubric_now_ = rubric_text(1, "is generous");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("rubric: rubric.json has version 1 as when it was "
                                                "sealed, and other content")));
    rubric_now_ = rubric_text(2, "is generous");
    EXPECT_THAT(broken(), IsEmpty()) << "a new version says so itself";
}

TEST_F(TamperingTest, TheSealedRubric) {
    testing::write_text(tool() / "sealed" / "rubric.json", rubric_text(1, "is generous"));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("seal: expected the sealed copy of rubric.json")));
}

TEST_F(TamperingTest, AFileAfterTheSeal) {
    testing::write_text(attempt_.folder / "greet.cpp", "better\n");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("files: expected your file greet.cpp")));
}

TEST_F(TamperingTest, TheSealedFile) {
    testing::write_text(tool() / "sealed" / "files" / "greet.cpp", "better\n");
    EXPECT_THAT(broken(), Contains(HasSubstr("seal: expected the sealed copy greet.cpp")));
}

TEST_F(TamperingTest, AGradeOfChangedFilesUnderTheSameId) {
    grade("better\n");
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("grade 2: judged the answer")));
}

TEST_F(TamperingTest, ALaterStart) {
    const std::string at_ms = std::to_string(kStartMs);
    edit(log_of(attempt_), "\"at_ms\":" + at_ms, "\"at_ms\":" + std::to_string(kStartMs + 30'000));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("log: ")));
}

// The whole chain written anew: the seal that was handed in shows it, and so does the scorecard.
TEST_F(TamperingTest, ALaterStartInAForgedLog) {
    edit(log_of(attempt_), "10:11:12Z", "10:11:42Z");
    forge_log("\"at_ms\":" + std::to_string(kStartMs),
              "\"at_ms\":" + std::to_string(kStartMs + 30'000));
    EXPECT_THAT(broken(), Contains(HasSubstr("the log gives 1 min 30 s of use until the seal, the "
                                             "seal says 2 min 00 s")));
    EXPECT_THAT(broken(), Contains(HasSubstr("the seal that was handed in is")));
    EXPECT_THAT(broken(), Contains(HasSubstr("different times of the start")));
}

TEST_F(TamperingTest, AnotherSealThanTheOneHandedIn) {
    handed_in_ = std::string(64, 'a');
    EXPECT_THAT(broken(),
                ElementsAre(HasSubstr("seal: the seal that was handed in is aaaaaaaaaaaa")));
}

TEST_F(TamperingTest, ASealThatIsCutOffTheLog) {
    cut(log_of(attempt_), 2);
    forge_witness();
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("the log's is none")));
}

TEST_F(TamperingTest, AMachinesClockThatWasSetBack) {
    SimulatedClock set_back(kStartMs);
    ASSERT_TRUE(record(attempt_, {.kind = EventKind::solution_viewed}, set_back));
    EXPECT_THAT(broken(), ElementsAre(HasSubstr("clock: event 5 (solution_viewed) is 2 min 00 s "
                                                "before event 4")));
}

TEST_F(TamperingTest, AFileThatWasSavedAfterTheTimeWasUp) {
    attempt_ = start();  // Its files are saved now, long after the time of the simulated clock.
    clock_.advance_ms(120'000);
    attempt_ = seal_attempt(attempt_, {.allowed_ms = 60'000, .rubric = rubric_}, clock_).value();
    handed_in_ = seal_of(attempt_).value();
    EXPECT_THAT(broken(), Contains("seal: greet.cpp was saved after the time was up"));
}

class InterviewTest : public TamperingTest {
protected:
    InterviewTest() {
        attempt_ = create_attempt(exercise_,
                                  {.attempts_root = repository_.attempts(),
                                   .language = cpp_,
                                   .loop = "loop-1",
                                   .allowed_ms = 2'700'000},
                                  clock_)
                       .value();
        section_ = LoopSection{
            .slug = "greeting", .attempt = attempt_.name(), .first_line = attempt_.chain.head};
        clock_.advance_ms(60'000);
        attempt_ =
            seal_attempt(attempt_, {.allowed_ms = 2'700'000, .rubric = rubric_}, clock_).value();
        section_->seal = seal_of(attempt_).value();
        handed_in_.clear();
    }
};

TEST_F(InterviewTest, ASectionThatNobodyTouchedHolds) { EXPECT_THAT(broken(), IsEmpty()); }

TEST_F(InterviewTest, AForgedLogIsShownByTheInterviews) {
    forge_log("\"rules\":\"practice\"", "\"rules\":\"strict\"");
    EXPECT_THAT(broken(), Contains(HasSubstr("loop: loop-1 recorded another beginning")));
    EXPECT_THAT(broken(), Contains(HasSubstr("loop: loop-1 recorded the seal")));
}

TEST_F(InterviewTest, MoreTimeThanTheAttemptWasBegunWith) {
    forge_log("\"allowed_ms\":2700000,\"at\"", "\"allowed_ms\":5400000,\"at\"");
    EXPECT_THAT(broken(), Contains(HasSubstr("begun with 90 min 00 s, its seal says 45 min")));
}

TEST_F(InterviewTest, AnAttemptThatItsInterviewDoesNotKnow) {
    section_.reset();
    EXPECT_THAT(broken(), ElementsAre("loop: expected it in loop-1, found: none"));
}

TEST_F(TamperingTest, AnOldLogIsReadAndSaysSo) {
    Attempt old = start();
    std::string text = testing::read_text(log_of(old));
    Json event = Json::parse(text);
    event.erase("prev");
    event.erase("sum");
    event.erase("witness");
    testing::write_text(log_of(old), event.dump() + "\n");
    fs::remove(old.folder / ".onsite" / "witness.jsonl");
    old = open_attempt(old.folder).value();
    const VerifyRequest request{.attempt = old,
                                .exercise = exercise_,
                                .language = cpp_,
                                .rubric = rubric_now_,
                                .expected_seal = "",
                                .section = {},
                                .missing_loop = ""};
    const std::vector<ProofLine> lines = verify_records(request);
    EXPECT_TRUE(all_hold(lines));
    EXPECT_EQ(lines[0].kind, ProofKind::note);
    EXPECT_THAT(lines[0].sentence, HasSubstr("from before lines carried the hash"));
    EXPECT_EQ(lines[1].kind, ProofKind::note);
    // Its next event has a witness, and what was before it still accuses nobody.
    clock_.advance_ms(1);
    for (const EventKind kind : {EventKind::paused, EventKind::resumed}) {
        old = record(old, {.kind = kind}, clock_).value();
    }
    EXPECT_TRUE(all_hold(verify_records(request)));
}

}  // namespace
}  // namespace onsite
